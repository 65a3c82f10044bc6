package io.gander.game;

import io.gander.data.Pictures;
import io.gander.data.Resampling;
import io.gander.layer.Output;
import io.gander.tensor.Tensor;

/** Batches side by side: picture i of each in strip i. */
final class SampleRows {
    private SampleRows() {}

    /**
     * @param like a batch of the size that all shall have; smaller ones are enlarged bicubically
     * @param count the most strips
     */
    static Pictures of(Output output, int count, Tensor like, Tensor... batches) {
        int height = (int) like.shape()[2];
        int width = (int) like.shape()[3];
        int n = (int) Math.min(count, like.shape()[0]);
        Tensor[] columns = new Tensor[batches.length];
        for (int i = 0; i < columns.length; i++) {
            Tensor batch = batches[i].narrow(0, 0, n);
            columns[i] = batch.shape()[2] == height ? batch : Resampling.bicubic(batch, height, width);
        }
        Tensor strips = Tensor.concat(3, columns);
        byte[] pixels = strips.toPixels(output.low(), output.high());
        return new Pictures(pixels, n, (int) like.shape()[1], height, width * batches.length);
    }
}

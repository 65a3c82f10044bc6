package io.gander.metric;

import io.gander.image.Bitmap;
import io.gander.network.FeatureNetwork;
import io.gander.tensor.NoGrad;
import io.gander.tensor.Scope;
import io.gander.tensor.Tensor;

/**
 * {@linkplain FeatureNetwork#lpips The LPIPS-like distance} of two pictures of one size, in all their colours; less is nearer.
 *
 * @param features lent
 */
record Lpips(FeatureNetwork features, Bitmap picture, Bitmap truth) {
    double distance() {
        try (Scope scope = Scope.open();
                NoGrad off = NoGrad.open()) {
            return features.lpips(tensor(picture), tensor(truth)).item();
        }
    }

    private static Tensor tensor(Bitmap picture) {
        byte[] planes = new byte[picture.pixels().length];
        picture.planes(planes, 0);
        return Tensor.ofPixels(planes, 0, 1, 1, picture.channels(), picture.height(), picture.width());
    }
}

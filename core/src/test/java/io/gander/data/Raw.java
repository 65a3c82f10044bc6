package io.gander.data;

import java.util.List;

/** Examples in memory, one array each. */
record Raw(List<byte[]> examples, int pictures, int channels, int side) implements Dataset {
    @Override
    public String name() {
        return "raw";
    }

    @Override
    public int count() {
        return examples.size();
    }

    @Override
    public void read(int index, byte[] target, int offset) {
        System.arraycopy(examples.get(index), 0, target, offset, bytes());
    }

    @Override
    public String fingerprint() {
        return "raw";
    }
}

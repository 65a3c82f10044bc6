package io.gander.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** FIPS 180-4's own examples. */
class Sha256Test {
    private static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    private static final String MILLION = "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0";

    @Test
    void bytesStreamsFilesAndPiecesHaveTheSameSum(@TempDir Path folder) throws IOException {
        byte[] abc = "abc".getBytes(StandardCharsets.US_ASCII);
        assertThat(Sha256.of(abc)).isEqualTo(ABC);
        assertThat(Sha256.of(new ByteArrayInputStream(abc))).isEqualTo(ABC);
        Path file = Files.writeString(folder.resolve("a"), "a".repeat(1_000_000));
        assertThat(Sha256.of(file)).isEqualTo(MILLION);
        MessageDigest digest = Sha256.digest();
        digest.update(abc, 0, 1);
        digest.update(abc, 1, 2);
        assertThat(Sha256.hex(digest)).isEqualTo(ABC);
    }
}

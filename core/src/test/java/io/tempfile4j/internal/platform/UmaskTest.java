package io.tempfile4j.internal.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.tempfile4j.Need;
import io.tempfile4j.Needs;
import java.io.IOException;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UmaskTest {

    @ParameterizedTest
    @CsvSource({
        "0000, rw-rw-rw-",
        "0022, rw-r--r--",
        "0027, rw-r-----",
        "0077, rw-------",
        "0002, rw-rw-r--",
        "0111, rw-rw-rw-",
        "0777, ---------",
        "0400, -w-rw-rw-",
        "0124, rw-r---w-"
    })
    void allowed_umask_isWhatItLeaves(String umask, String permissions) {
        assertThat(PosixFilePermissions.toString(Umask.allowed(umask))).isEqualTo(permissions);
    }

    @Test
    @Needs(Need.PERMISSIONS)
    void newFile_isWhatAFileGets() throws IOException {
        assertThat(Umask.newFile()).isEqualTo(Umask.probe());
    }
}

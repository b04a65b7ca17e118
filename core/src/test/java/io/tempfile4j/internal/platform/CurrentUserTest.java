package io.tempfile4j.internal.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.tempfile4j.Need;
import io.tempfile4j.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CurrentUserTest {

    @Test
    @Needs(Need.PROC)
    void uid_onLinux_isTheOwnerOfWhatIsCreated(@TempDir Path scratch) throws IOException {
        Path file = Files.createFile(scratch.resolve("file"));
        assertThat(CurrentUser.uid()).isEqualTo(Files.getAttribute(file, "unix:uid"));
    }

    /** Not the real, effective or saved one; and the bits of one beyond the range of an int. */
    @Test
    void fileSystemUid_fourNumbers_isTheLast() {
        assertThat(CurrentUser.fileSystemUid("Name:\tjava\nUmask:\t0022\nUid:\t1\t2\t3\t4\nGid:\t5\t5\t5\t5\n"))
                .isEqualTo(4);
        assertThat(CurrentUser.fileSystemUid("Name:\tjava\nUid:\t0\t0\t0\t4294967294\n"))
                .isEqualTo(-2);
    }

    /** The name of a process is its own to choose: a line break in it is shown escaped by the kernel, and counts for nothing. */
    @Test
    void fileSystemUid_otherContent_isUnknown() {
        assertThat(CurrentUser.fileSystemUid("Name:\t\\nUid:\t7\t7\t7\t7\n")).isNull();
        assertThat(CurrentUser.fileSystemUid("Name:\tjava\nUid:\t1\t2\n")).isNull();
        assertThat(CurrentUser.fileSystemUid("Name:\tjava\nUid:\tx\tx\tx\tx\n")).isNull();
        assertThat(CurrentUser.fileSystemUid("")).isNull();
    }
}

package io.tempfile4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** Group D: {@code mkstemp}. */
abstract class MkstempContract extends Contract {

    MkstempContract(Backend.Kind kind) {
        super(kind);
    }

    @Test
    @Behaviour({79, 81, 104})
    void mkstemp_channelClosed_fileStays() throws IOException {
        MkstempResult made = Tempfile.mkstemp(directory(), "aa", ".txt");
        made.close();
        assertThat(made.path().getParent()).isEqualTo(directory());
        assertThat(made.path().getFileName().toString()).startsWith("aa").endsWith(".txt");
        assertThat(Files.exists(made.path())).isTrue();
    }
}

package io.tempfile4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Group H: a file without a name. */
abstract class TemporaryFileContract extends Contract {

    TemporaryFileContract(Backend.Kind kind) {
        super(kind);
    }

    @Test
    @Behaviour({206, 207, 209, 210, 211})
    void create_writtenAndReadBack_hasNoNameAndLeavesNothing() throws IOException {
        TemporaryFile file = space.temporaryFile();
        assertThat(backend.entries()).isEmpty();
        file.write("content".getBytes(StandardCharsets.UTF_8));
        file.flush();
        file.seek(0);
        assertThat(file.readAllBytes()).asString(StandardCharsets.UTF_8).isEqualTo("content");
        file.close();
        file.close();
        file.close();
        assertThat(backend.entries()).isEmpty();
    }

    @Test
    @Behaviour(208)
    void create_itsDirectoryIsRemovedWhileOpen_worksOn() throws IOException {
        Path inner = Files.createDirectory(directory().resolve("inner"));
        try (TempSpace within = TempSpace.in(inner);
                TemporaryFile file = within.temporaryFile()) {
            Files.delete(inner);
            file.write(1);
            file.flush();
            file.seek(0);
            assertThat(file.read()).isEqualTo(1);
        }
    }

    @Test
    @Behaviour(221)
    void create_someoneDeletesEverythingMeanwhile_allWorks() throws Exception {
        Thread cleaner = new Thread(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                deleteAll();
            }
        });
        cleaner.start();
        try {
            for (int i = 0; i < 10_000; i++) {
                try (TemporaryFile file = space.temporaryFile()) {
                    file.write(i & 0x7f);
                    file.flush();
                    file.seek(0);
                    assertThat(file.read()).isEqualTo(i & 0x7f);
                }
            }
        } finally {
            cleaner.interrupt();
            cleaner.join();
        }
    }

    private void deleteAll() {
        try {
            for (Path entry : backend.entries()) {
                Files.deleteIfExists(entry);
            }
        } catch (IOException changedMeanwhile) {
            // The next round sees what is there then.
        }
    }

    @Test
    @Behaviour({217, 171})
    void tryWithResources_inAThreadThatDies_isClosed() throws Exception {
        TemporaryFile[] opened = new TemporaryFile[1];
        NamedTemporaryFile[] named = new NamedTemporaryFile[1];
        Thread dying = new Thread(() -> {
            try (TemporaryFile file = space.temporaryFile();
                    NamedTemporaryFile other = space.namedTemporaryFile()) {
                opened[0] = file;
                named[0] = other;
                throw new IllegalStateException("dies");
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        dying.setUncaughtExceptionHandler((thread, expected) -> {});
        dying.start();
        dying.join();
        assertThat(opened[0].isOpen()).isFalse();
        assertThat(named[0].path()).doesNotExist();
    }
}

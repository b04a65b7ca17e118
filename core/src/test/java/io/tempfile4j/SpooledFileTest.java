package io.tempfile4j;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Group I: what of spooled files needs the machine's own file system or its garbage collector. */
class SpooledFileTest {

    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final long THREE_GIB = 3L << 30;

    @Test
    @Behaviour({278})
    void setSize_moreThanAnArrayCanHold_isOnDiskWhereASizeIsSet() throws IOException {
        try (SpooledTemporaryFile file = SpooledTemporaryFile.create(1000)) {
            file.write(7);
            file.setSize(THREE_GIB);
            assertThat(file.rolled()).isTrue();
            assertLarge(file);
        }
    }

    @Test
    @Behaviour({276, 278})
    void setSize_moreThanAnArrayCanHold_isInMemoryWithoutALimitAndCostsNone() throws IOException {
        try (SpooledTemporaryFile file = SpooledTemporaryFile.create(0)) {
            file.write(7);
            file.setSize(THREE_GIB);
            assertThat(file.rolled()).isFalse();
            assertLarge(file);
            file.rollover();
            assertLarge(file);
            assertThatIOException().isThrownBy(() -> {
                try (SpooledTemporaryFile small = SpooledTemporaryFile.create(0)) {
                    small.setSize(Long.MAX_VALUE);
                }
            });
        }
    }

    private static void assertLarge(FileObject file) throws IOException {
        assertThat(file.size()).isEqualTo(THREE_GIB);
        assertThat(file.seek(-1, Whence.END)).isEqualTo(THREE_GIB - 1);
        assertThat(file.read()).isZero();
        assertThat(file.read()).isEqualTo(-1);
        file.seek(0);
        assertThat(file.read()).isEqualTo(7);
        file.seek((1L << 31) - 3);
        file.write(new byte[] {1, 2, 3, 4, 5, 6});
        file.seek(-4, Whence.CUR);
        assertThat(file.read(5)).containsExactly(3, 4, 5, 6, 0);
    }

    @Test
    @Behaviour({284})
    @Needs(Need.PROC)
    void rollover_onUnix_makesAFileOfMode0600WithoutAName() throws IOException {
        Path directory = Files.createTempDirectory("tempfile4j-test").toRealPath();
        try (TempSpace space = TempSpace.in(directory);
                SpooledTemporaryFile file = space.spooledTemporaryFile(1)) {
            file.write(new byte[10]);
            List<Path> descriptors = descriptorsIn(directory);
            assertThat(descriptors).hasSize(1);
            assertThat(Files.readSymbolicLink(descriptors.get(0)).toString()).endsWith(" (deleted)");
            assertThat(Files.getPosixFilePermissions(descriptors.get(0)))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
            file.close();
            assertThat(descriptorsIn(directory)).isEmpty();
        } finally {
            Files.delete(directory);
        }
    }

    private static List<Path> descriptorsIn(Path directory) throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(DESCRIPTORS)) {
            for (Path descriptor : descriptors) {
                try {
                    if (Files.readSymbolicLink(descriptor).startsWith(directory)) {
                        found.add(descriptor);
                    }
                } catch (NoSuchFileException closedMeanwhile) {
                    // Such as the one by which the directory of the descriptors is read.
                }
            }
        }
        return found;
    }

    @Test
    @Timeout(60)
    @Behaviour({253})
    void forgotten_inMemory_isReportedAsALeak() throws IOException {
        Path directory = Files.createTempDirectory("tempfile4j-test").toRealPath();
        try (Warnings warnings = new Warnings();
                TempSpace space = TempSpace.in(directory)) {
            forget(space, 0);
            collectUntil(() -> warnings.mention(directory.toString()));
        } finally {
            Files.delete(directory);
        }
    }

    @Test
    @Timeout(60)
    @Behaviour({254})
    @Needs(Need.PROC)
    void forgotten_rolled_isReportedAsALeakAndItsDescriptorGivenBack() throws IOException {
        Path directory = Files.createTempDirectory("tempfile4j-test").toRealPath();
        try (Warnings warnings = new Warnings();
                TempSpace space = TempSpace.in(directory)) {
            forget(space, 1);
            collectUntil(() -> warnings.mention(directory.toString()));
            collectUntil(() -> isEmpty(directory));
        } finally {
            Files.delete(directory);
        }
    }

    /** A view is enough to keep the file. */
    @Test
    @Timeout(60)
    @Behaviour({158})
    void forgotten_butForALineIterator_staysOpenUntilThatIsForgotten() throws IOException {
        Path directory = Files.createTempDirectory("tempfile4j-test").toRealPath();
        try (Warnings warnings = new Warnings();
                TempSpace space = TempSpace.in(directory)) {
            Iterator<String> lines = linesOfAForgottenFile(space);
            for (int i = 0; i < 5; i++) {
                System.gc();
                assertThat(lines.hasNext()).isTrue();
                assertThat(lines.next()).isEqualTo("line " + i + "\n");
            }
            assertThat(lines.hasNext()).isFalse();
            assertThat(warnings.mention(directory.toString())).isFalse();
            lines = Collections.emptyIterator();
            assertThat(lines.hasNext()).isFalse();
            collectUntil(() -> warnings.mention(directory.toString()));
        } finally {
            Files.delete(directory);
        }
    }

    @Test
    @Timeout(60)
    @Behaviour({156, 157})
    void forgotten_butForAMethodReference_staysOpenUntilThatIsForgotten() throws IOException {
        Path directory = Files.createTempDirectory("tempfile4j-test").toRealPath();
        try (Warnings warnings = new Warnings();
                TempSpace space = TempSpace.in(directory)) {
            Verb read = verbOfAForgottenFile(space);
            for (int i = 0; i < 5; i++) {
                System.gc();
                assertThat(read.call()).isEqualTo('a' + i);
            }
            assertThat(warnings.mention(directory.toString())).isFalse();
            read = () -> -1;
            assertThat(read.call()).isEqualTo(-1);
            collectUntil(() -> warnings.mention(directory.toString()));
        } finally {
            Files.delete(directory);
        }
    }

    @FunctionalInterface
    private interface Verb {
        int call() throws IOException;
    }

    private static Verb verbOfAForgottenFile(TempSpace space) throws IOException {
        SpooledTemporaryFile file = space.spooledTemporaryFile(0);
        file.write("abcde".getBytes(UTF_8));
        file.seek(0);
        return file::read;
    }

    private static Iterator<String> linesOfAForgottenFile(TempSpace space) throws IOException {
        TextFile text = space.spooledTemporaryFile(10).text(SpooledRolloverContract.unix());
        text.write("line 0\nline 1\nline 2\nline 3\nline 4\n").seek(0);
        return text.iterator();
    }

    private static void forget(TempSpace space, long maxSize) throws IOException {
        space.spooledTemporaryFile(maxSize).write(new byte[100]);
    }

    private static boolean isEmpty(Path directory) {
        try {
            return descriptorsIn(directory).isEmpty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void collectUntil(BooleanSupplier done) {
        while (!done.getAsBoolean()) {
            assertThat(Thread.currentThread().isInterrupted()).as("out of time").isFalse();
            System.gc();
        }
    }

    /** Hears what the library logs. */
    private static final class Warnings extends Handler implements AutoCloseable {
        private final Logger logger = Logger.getLogger("io.tempfile4j");
        private final List<String> messages = new CopyOnWriteArrayList<>();

        Warnings() {
            logger.setUseParentHandlers(false);
            logger.addHandler(this);
        }

        boolean mention(String text) {
            return messages.stream().anyMatch(message -> message.contains(text));
        }

        @Override
        public void publish(LogRecord record) {
            if (record.getLevel().intValue() >= Level.WARNING.intValue()) {
                Object[] parameters = record.getParameters();
                messages.add(record.getMessage() + (parameters == null ? "" : List.of(parameters)));
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {
            logger.removeHandler(this);
            logger.setUseParentHandlers(true);
        }
    }
}

package io.tempfile4j.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.io.FileBackedOutputStream;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.commons.io.FileUtils;
import org.apache.commons.io.output.DeferredFileOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code docs/comparison.md} says of other libraries for the JVM. */
class PeersTest {

    @Test
    void permissions_ofJavaIo_areThoseOfAnyNewFileAndOfTheOthersPrivate(@TempDir Path directory) throws Exception {
        assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"), "needs permissions");
        Path any = Files.createFile(directory.resolve("any"));
        assertThat(Files.getPosixFilePermissions(
                        File.createTempFile("tmp", "", directory.toFile()).toPath()))
                .isEqualTo(Files.getPosixFilePermissions(any));
        assertThat(mode(Files.createTempFile(directory, "", ""))).isEqualTo("rw-------");
        assertThat(mode(Files.createTempDirectory(directory, ""))).isEqualTo("rwx------");
        // Guava's, and what Commons IO defers to, are in the directory of the JVM.
        assertThat(child(Map.of(), directory, "permissions")).containsExactly("rwx------", "rw-------", "rw-------");
    }

    @Test
    void deleteOnClose_ofNio_hasNoNameWhileOpen(@TempDir Path directory) throws IOException {
        assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"), "is so on Unix");
        Path path = directory.resolve("file");
        try (FileChannel open = FileChannel.open(
                path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE)) {
            assertThat(path).doesNotExist();
            assertThat(open.write(ByteBuffer.wrap(new byte[1]))).isEqualTo(1);
        }
    }

    @Test
    void interrupt_ofAThreadThatWrites_closesTheChannelOfNioAndNoStream(@TempDir Path directory) throws IOException {
        Path path = directory.resolve("file");
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                OutputStream stream = new FileOutputStream(path.toFile())) {
            Thread.currentThread().interrupt();
            stream.write(1);
            assertThatThrownBy(() -> channel.write(ByteBuffer.wrap(new byte[1])))
                    .isInstanceOf(ClosedByInterruptException.class);
            assertThat(channel.isOpen()).isFalse();
        } finally {
            Thread.interrupted();
        }
    }

    @Test
    void spooled_ofGuavaAndCommons_areStreamsAndStayOnDiskWhenClosed(@TempDir Path directory) throws Exception {
        for (Class<?> type : List.of(FileBackedOutputStream.class, DeferredFileOutputStream.class)) {
            assertThat(OutputStream.class).isAssignableFrom(type);
            assertThat(SeekableByteChannel.class.isAssignableFrom(type)).isFalse();
        }
        assertThat(child(Map.of(), directory, "spooled")).containsExactly("written", "closed");
        assertThat(directory.toFile().list()).as("Guava's and Commons IO's").hasSize(2);
    }

    @Test
    void end_ofTheProgram_removesWhatWasRegisteredIfItIsAFileOrEmpty(@TempDir Path directory) throws Exception {
        assertThat(child(Map.of(), directory, "end")).isEmpty();
        assertThat(directory.toFile().list()).containsExactlyInAnyOrder("full", "late-full", "nio", "not-registered");
    }

    @Test
    void deleteOnExit_ofWhatIsDeleted_isRememberedAndTakesWhateverIsThere(@TempDir Path directory) throws Exception {
        assertThat(child(Map.of(), directory, "remembered")).containsExactly("10");
        assertThat(directory.resolve("strangers")).doesNotExist();
    }

    @Test
    void tmpdir_inTheEnvironment_isNotLookedAtByTheJdk(@TempDir Path directory) throws Exception {
        assertThat(child(Map.of("TMPDIR", directory.toString()), null, "where"))
                .hasSize(2)
                .doesNotContain(directory.toString());
    }

    public static final class Main {
        public static void main(String[] arguments) throws Exception {
            Path directory = Path.of(System.getProperty("java.io.tmpdir"));
            switch (arguments[0]) {
                case "permissions" -> permissions();
                case "spooled" -> spooled();
                case "end" -> end(directory);
                case "remembered" -> remembered(directory);
                default -> where();
            }
        }

        @SuppressWarnings("deprecation")
        private static void permissions() throws IOException {
            System.out.println(mode(com.google.common.io.Files.createTempDir().toPath()));
            FileBackedOutputStream guava = new FileBackedOutputStream(1);
            guava.write(new byte[10]);
            DeferredFileOutputStream commons = deferred();
            commons.write(new byte[10]);
            for (File file :
                    Path.of(System.getProperty("java.io.tmpdir")).toFile().listFiles(File::isFile)) {
                if (!file.getName().equals("any") && file.length() == 10) {
                    System.out.println(mode(file.toPath()));
                }
            }
        }

        private static void spooled() throws IOException {
            FileBackedOutputStream guava = new FileBackedOutputStream(1);
            DeferredFileOutputStream commons = deferred();
            for (OutputStream stream : List.of(guava, commons)) {
                stream.write(new byte[10]);
            }
            System.out.println("written");
            guava.close();
            commons.close();
            System.out.println("closed");
        }

        private static DeferredFileOutputStream deferred() throws IOException {
            return DeferredFileOutputStream.builder()
                    .setThreshold(1)
                    .setPrefix("commons")
                    .get();
        }

        private static void end(Path directory) throws IOException {
            File registered = new File(directory.toFile(), "registered");
            assertThat(registered.createNewFile()).isTrue();
            registered.deleteOnExit();
            File empty = Files.createDirectory(directory.resolve("empty")).toFile();
            empty.deleteOnExit();
            Path full = Files.createDirectory(directory.resolve("full"));
            Files.createFile(full.resolve("file"));
            full.toFile().deleteOnExit();
            Path early = Files.createDirectory(directory.resolve("early-full"));
            Files.createFile(early.resolve("file"));
            FileUtils.forceDeleteOnExit(early.toFile());
            Path late = Files.createDirectory(directory.resolve("late-full"));
            FileUtils.forceDeleteOnExit(late.toFile());
            Files.createFile(late.resolve("file"));
            Files.move(Files.createTempFile("nio", ""), directory.resolve("nio"));
            assertThat(new File(directory.toFile(), "not-registered").createNewFile())
                    .isTrue();
            FileBackedOutputStream guava = new FileBackedOutputStream(1, true);
            try {
                guava.write(new byte[10]);
                guava.close(); // Windows removes nothing that is open
            } finally {
                java.lang.ref.Reference.reachabilityFence(guava);
            }
        }

        private static void remembered(Path directory) throws Exception {
            for (int i = 0; i < 9; i++) {
                File file = File.createTempFile("tmp", "");
                file.deleteOnExit();
                Files.delete(file.toPath());
            }
            File strangers = directory.resolve("strangers").toFile();
            strangers.deleteOnExit();
            Files.createFile(strangers.toPath());
            Field files = Class.forName("java.io.DeleteOnExitHook").getDeclaredField("files");
            files.setAccessible(true);
            System.out.println(((Collection<?>) files.get(null)).size());
        }

        private static void where() throws IOException {
            File io = File.createTempFile("tmp", "");
            Path nio = Files.createTempFile("", "");
            System.out.println(io.getParent());
            System.out.println(nio.getParent());
            Files.delete(io.toPath());
            Files.delete(nio);
        }

        private Main() {}
    }

    private static String mode(Path path) throws IOException {
        return java.nio.file.attribute.PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static List<String> child(Map<String, String> environment, Path tmpdir, String argument) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--add-opens=java.base/java.io=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path")));
        if (tmpdir != null) {
            command.add("-Djava.io.tmpdir=" + tmpdir);
        }
        command.addAll(List.of(Main.class.getName(), argument));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        List<String> lines = new String(process.getInputStream().readAllBytes(), UTF_8)
                .lines()
                .toList();
        assertThat(process.waitFor()).as("%s", lines).isZero();
        return lines;
    }
}

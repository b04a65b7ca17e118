package io.tempfile4j.frameworks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tempfile4j.EndHold;
import io.tempfile4j.NamedTemporaryFile;
import io.tempfile4j.SpooledTemporaryFile;
import io.tempfile4j.TempSpace;
import io.tempfile4j.TemporaryDirectory;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/**
 * Spring Boot with its embedded Tomcat, which completes the requests it has accepted when the JVM is asked to end: the
 * directory of its uploads, and what the requests create themselves, must be there as long.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "no SIGTERM")
class SpringBootTest {

    private static final int PATIENCE_SECONDS = 120;

    @TempDir
    Path scratch;

    // ---- The server, configured as in docs/guides/server.md

    @SpringBootApplication
    @RestController
    public static class Server {

        private static TemporaryDirectory directory;

        // @start region="main"
        public static void main(String[] args) throws IOException {
            directory = TemporaryDirectory.create("server-", ""); // in a static field
            Path uploads = Files.createDirectory(directory.resolve("uploads"));
            SpringApplication application = new SpringApplication(Server.class);
            application.setDefaultProperties(Map.of(
                    "server.tomcat.basedir", directory.path().toString(),
                    "spring.servlet.multipart.location", uploads.toString()));
            hold();
            application.run(args);
        }
        // @end

        private static void hold() {
            if (Boolean.getBoolean("test.hold")) {
                // @start region="hold"
                EndHold hold = TempSpace.holdEnd("Spring Boot", Duration.ofSeconds(40));
                SpringApplication.getShutdownHandlers().add(hold::close); // runs after all requests and beans
                // @end
            }
        }

        /** Tomcat has the upload in a file of its own before this begins. */
        @PostMapping("/multipart")
        public String multipart(@RequestParam("file") MultipartFile file) throws IOException {
            Path copy = directory.resolve("copy");
            try (InputStream content = file.getInputStream()) {
                Files.copy(content, copy, StandardCopyOption.REPLACE_EXISTING);
            }
            return "multipart " + Files.size(copy);
        }

        /** Uses the library from the first to the last byte, and afterwards. */
        @PostMapping("/stream")
        public String stream(InputStream body) throws IOException {
            try (SpooledTemporaryFile upload = SpooledTemporaryFile.create(100_000)) {
                byte[] buffer = new byte[16_000];
                for (int n = body.read(buffer); n > 0; n = body.read(buffer)) {
                    upload.write(buffer, 0, n);
                    if (upload.size() == SlowUpload.SIZE / 2) {
                        System.out.println("streaming");
                    }
                }
                try (NamedTemporaryFile named = NamedTemporaryFile.create();
                        TemporaryDirectory own = TemporaryDirectory.create()) {
                    upload.newInputStream().transferTo(named.outputStream());
                    named.flush();
                    Files.copy(named.path(), own.resolve("copy"));
                    return "stream " + Files.size(own.resolve("copy"));
                }
            }
        }
    }

    // ---- The tests

    private record Child(Process process, int port, BufferedReader output, List<String> lines) {

        String awaitLine(String part) throws IOException {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                lines.add(line);
                if (line.contains(part)) {
                    return line;
                }
            }
            throw new AssertionError("the server ended without a line about " + part + ": " + lines);
        }
    }

    private Path directory(String name) throws IOException {
        Path directory = scratch.resolve(name);
        return Files.isDirectory(directory) ? directory : Files.createDirectory(directory);
    }

    private Child start(String... options) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m"));
        if (Runtime.version().feature() >= 22) {
            command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-Dtempfile4j.backend=native"));
        }
        command.add("-Dtempfile4j.journal=" + directory("journals"));
        command.add("-Dtempfile4j.dir=" + directory("space"));
        command.add("-Djava.io.tmpdir=" + directory("tmp"));
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Server.class.getName()));
        command.addAll(List.of(
                "--server.port=0",
                "--spring.servlet.multipart.max-file-size=-1",
                "--spring.servlet.multipart.max-request-size=-1"));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        Child child = new Child(process, 0, process.inputReader(), new ArrayList<>());
        String started = child.awaitLine("Tomcat started on port ");
        int port = Integer.parseInt(started.replaceFirst(".*Tomcat started on port (\\d+).*", "$1"));
        return new Child(process, port, child.output(), child.lines());
    }

    /** Sends SIGTERM in the middle of two uploads; what the server still answered, and all that it has logged. */
    private List<String> endInMidUpload(String... options) throws Exception {
        Child child = start(options);
        try (SlowUpload multipart = new SlowUpload(child.port(), "/multipart", true);
                SlowUpload stream = new SlowUpload(child.port(), "/stream", false)) {
            multipart.sendHalf();
            stream.sendHalf();
            child.awaitLine("streaming");
            awaitTomcatsFile();
            child.process().toHandle().destroy();
            child.awaitLine("Commencing graceful shutdown");
            CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> send(multipart));
            send(stream);
            sending.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertThat(List.of(multipart.response(), stream.response()))
                    .as(String.join("\n", child.lines()))
                    .containsExactly("HTTP/1.1 200  multipart 8000000", "HTTP/1.1 200  stream 8000000");
            child.output().lines().forEach(child.lines()::add);
            assertThat(child.process().waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .as("ends")
                    .isTrue();
            assertThat(child.process().exitValue()).isEqualTo(143);
        } finally {
            child.process().destroyForcibly();
        }
        return child.lines();
    }

    private static void send(SlowUpload upload) {
        try {
            upload.sendRestSlowly();
        } catch (IOException refused) {
            // The response, or its absence, shows it.
        }
    }

    /** Tomcat writes to it before its application sees the request. */
    private void awaitTomcatsFile() throws IOException {
        while (true) {
            try (Stream<Path> all = Files.walk(directory("space"))) {
                if (all.anyMatch(path -> path.getFileName().toString().matches("upload_.*tmp")
                        && path.toFile().length() > 0)) {
                    return;
                }
            }
            Thread.onSpinWait();
        }
    }

    private List<Path> left() throws IOException {
        List<Path> left = new ArrayList<>();
        for (String name : List.of("space", "tmp", "journals")) {
            try (Stream<Path> all = Files.walk(directory(name))) {
                // The private directory of the user, which journals lie in, stays.
                all.filter(path -> !path.equals(scratch.resolve(name)))
                        .filter(path -> !(name.equals("journals") && Files.isDirectory(path)))
                        .forEach(left::add);
            }
        }
        return left;
    }

    @Test
    void sigterm_inMidUploadWithAHold_uploadsAreCompleteAndNothingIsLeft() throws Exception {
        assertThat(endInMidUpload("-Dtest.hold=true")).noneMatch(line -> line.contains("WARN"));
        assertThat(left()).isEmpty();
    }

    @Test
    void sigterm_inMidUploadWithoutAHold_uploadsAreCompleteAndNothingIsLeft() throws Exception {
        assertThat(endInMidUpload()).noneMatch(line -> line.contains("WARN"));
        assertThat(left()).isEmpty();
    }

    /** The limit is over long before the requests are answered. */
    @Test
    void sigterm_uploadsTakeLongerThanTheLimit_uploadsAreCompleteAndTheNextProcessRemovesTheRest() throws Exception {
        assertThat(endInMidUpload("-Dtempfile4j.end=PT0.2S"))
                .anyMatch(line -> line.contains("cannot remove 1 temporary entries within 200 ms"));
        assertThat(left()).isNotEmpty();
        reap();
        assertThat(left()).isEmpty();
    }

    /** Removes what dead processes have left. */
    static final class Reap {
        public static void main(String[] args) throws IOException {
            System.out.println(TempSpace.reapOrphans());
        }

        private Reap() {}
    }

    private void reap() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dtempfile4j.journal=" + directory("journals"),
                        "-Dtempfile4j.dir=" + directory("space"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Reap.class.getName())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }
}

package io.tempfile4j.cli;

import io.tempfile4j.MkstempResult;
import io.tempfile4j.NamedTemporaryFile;
import io.tempfile4j.SpooledTemporaryFile;
import io.tempfile4j.TempSpace;
import io.tempfile4j.Tempfile;
import io.tempfile4j.TemporaryDirectory;
import io.tempfile4j.TemporaryFile;
import io.tempfile4j.TextFile;
import io.tempfile4j.internal.platform.EscapedText;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Performs what Python's tutorial on {@code tempfile} shows, on real files, and proves that nothing is left. */
@Command(
        name = "tour",
        versionProvider = Version.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:it was done", "1:it failed", "2:it was called wrongly"},
        mixinStandardHelpOptions = true,
        description = "Makes each kind of temporary file, shows what it got, and proves that nothing is left.")
final class Tour implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // set by call()
    private PrintWriter out;

    /** Each path that there was, to look for it at the end. */
    private final List<Path> made = new ArrayList<>();

    private int steps;

    @Override
    public Integer call() throws IOException, InterruptedException {
        out = spec.commandLine().getOut();
        Path directory = Tempfile.gettempdir();
        out.printf("gettempdir()     %s%n", EscapedText.ofName(directory));
        out.printf("gettempprefix()  %s%n", Tempfile.gettempprefix());
        namelessFile(directory);
        namelessResource();
        namedFile();
        mkstemp();
        directory();
        mkdtemp();
        spooledFile(directory);
        programEnd(directory);
        return proof();
    }

    private void namelessFile(Path directory) throws IOException {
        step("TemporaryFile.create()", "a file without a name, closed by hand");
        TemporaryFile file = TemporaryFile.create();
        line("permissions", permissionsOfNameless(directory));
        TextFile text = file.text();
        text.write("Hello World!\n");
        text.seek(0);
        List<String> characters = new ArrayList<>();
        for (String c = text.read(1); !c.isEmpty(); c = text.read(1)) {
            characters.add(c);
        }
        line("wrote, read back", String.join(" ", characters));
        file.close();
        line("closed", "isOpen() is " + file.isOpen());
    }

    /** In a directory of its own: in one that is shared, a new name may be anybody's. */
    private void namelessResource() throws IOException {
        step("try (TemporaryFile …)", "the same as a resource, in a directory of its own");
        try (TemporaryDirectory directory = TemporaryDirectory.create();
                TemporaryFile file = TempSpace.in(directory.path()).temporaryFile()) {
            List<Path> names = entries(directory.path());
            made.add(directory.path());
            made.addAll(names);
            line("names", names.size() + " in " + EscapedText.ofName(directory.path()) + " while it is open");
            line("permissions", permissionsOfNameless(directory.path()));
            file.write("Hello World!".getBytes(StandardCharsets.UTF_8));
            file.seek(0);
            line("read back", new String(file.readAllBytes(), StandardCharsets.UTF_8));
        }
        line("closed", "by the end of the block");
    }

    private void namedFile() throws IOException {
        step("NamedTemporaryFile.create(\"project\", \".py\")", "a file with a name, prefix and suffix");
        Path path;
        try (NamedTemporaryFile file = NamedTemporaryFile.create("project", ".py")) {
            path = file.path();
            show(path);
            file.text().write("print('Hello World!')\n").flush();
            line("seen by others", Files.readString(path).strip());
        }
        gone(path);
    }

    private void mkstemp() throws IOException {
        step("Tempfile.mkstemp()", "a file that the caller removes");
        try (MkstempResult file = Tempfile.mkstemp()) {
            show(file.path());
            file.channel().write(ByteBuffer.wrap(new byte[] {42}));
            line("caller", "removes it");
            Files.delete(file.path());
            gone(file.path());
        }
    }

    private void directory() throws IOException {
        step("TemporaryDirectory.create()", "a directory, removed with all that is in it");
        Path path;
        try (TemporaryDirectory directory = TemporaryDirectory.create()) {
            path = directory.path();
            show(path);
            Files.writeString(
                    Files.createDirectories(directory.resolve("a/b/c")).resolve("file"), "content");
            line("made in it", "a/b/c/file");
        }
        gone(path);
    }

    private void mkdtemp() throws IOException {
        step("Tempfile.mkdtemp(\"project\", \"dir\")", "a directory that the caller removes");
        Path path = Tempfile.mkdtemp("project", "dir");
        show(path);
        line("caller", "removes it");
        Files.delete(path);
        gone(path);
    }

    private void spooledFile(Path directory) throws IOException {
        step("SpooledTemporaryFile.create(16)", "in memory until it is larger than 16 bytes");
        try (SpooledTemporaryFile file = SpooledTemporaryFile.create(16)) {
            file.write("exactly 16 bytes".getBytes(StandardCharsets.US_ASCII));
            line("16 bytes", "rolled() is " + file.rolled());
            file.write('!');
            line(
                    "17 bytes",
                    "rolled() is " + file.rolled() + ", now without a name in " + EscapedText.ofName(directory));
            line("permissions", permissionsOfNameless(directory));
            file.seek(0);
            line("read back", new String(file.readAllBytes(), StandardCharsets.US_ASCII));
        }
        line("closed", "by the end of the block");
    }

    /** A second program makes things, prints their paths, and ends without closing any. */
    private void programEnd(Path directory) throws IOException, InterruptedException {
        step("the end of a program", "another one makes things, closes nothing, and ends");
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        // It is told the directory: choosing it again, it would warn again of those that do not serve.
        Process forgetful = new ProcessBuilder(
                        java.toString(),
                        "-Dtempfile4j.dir=" + directory,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Forgetful.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<Path> paths;
        try (Stream<String> lines =
                forgetful.inputReader(StandardCharsets.UTF_8).lines()) {
            paths = lines.map(URI::create).map(Path::of).toList();
        }
        if (forgetful.waitFor() != 0 || paths.isEmpty()) {
            throw new IOException("the other program failed");
        }
        for (Path path : paths) {
            line("it made", EscapedText.ofName(path));
        }
        for (Path path : paths) {
            gone(path);
        }
    }

    private int proof() {
        List<Path> left = made.stream().filter(Tour::isThere).toList();
        out.printf("%n%d things had a name, %d are left%s%n", made.size(), left.size(), left.isEmpty() ? "." : ":");
        left.forEach(path -> out.println(EscapedText.ofName(path)));
        return left.isEmpty() ? 0 : 1;
    }

    private void step(String call, String what) {
        steps++;
        out.printf("%n%d. %s%n   %s%n", steps, call, what);
    }

    private void line(String label, String value) {
        out.printf("   %-18s %s%n", label, EscapedText.ofMessage(value));
        out.flush();
    }

    private void show(Path path) throws IOException {
        made.add(path);
        line("path", EscapedText.ofName(path));
        line("permissions", permissions(path));
    }

    private void gone(Path path) {
        if (!made.contains(path)) {
            made.add(path);
        }
        line(isThere(path) ? "STILL THERE" : "gone", EscapedText.ofName(path));
    }

    private static boolean isThere(Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }

    private static String permissions(Path path) throws IOException {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? PosixFilePermissions.toString(Files.getPosixFilePermissions(path))
                : Files.getAttribute(path, "acl:acl").toString();
    }

    /** Linux shows by what a process has open also a file without a name. */
    private static String permissionsOfNameless(Path directory) throws IOException {
        Path descriptors = Path.of("/proc/self/fd");
        if (!Files.isDirectory(descriptors)) {
            return "none to see, it has no name";
        }
        Path parent = directory.toRealPath();
        for (Path descriptor : entries(descriptors)) {
            // That of the listing itself is closed by now.
            Path file = isThere(descriptor) ? Files.readSymbolicLink(descriptor) : descriptor;
            if (parent.equals(file.getParent()) && file.toString().endsWith(" (deleted)")) {
                return permissions(descriptor);
            }
        }
        return "none to see, it has no descriptor";
    }

    private static List<Path> entries(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.sorted().toList();
        }
    }
}

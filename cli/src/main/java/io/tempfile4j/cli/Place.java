package io.tempfile4j.cli;

import io.tempfile4j.internal.platform.Directory;
import io.tempfile4j.internal.platform.DirectoryTrust;
import io.tempfile4j.internal.platform.Names;
import io.tempfile4j.internal.platform.Os;
import io.tempfile4j.internal.platform.Platform;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the doctor says of the directory in which temporary files would be made. */
final class Place {

    /** Less than one part in this of all there is, and things will soon fail. */
    private static final int SCARCE = 50;

    private static final long PLENTY_BYTES = 10L << 30;

    private final Path directory;
    private final List<Finding> findings = new ArrayList<>();

    private Place(Path directory) {
        this.directory = directory;
    }

    static List<Finding> examine(Path directory) throws IOException {
        Place place = new Place(directory);
        Mount mount = Mount.of(directory);
        place.fileSystem(mount);
        place.space();
        place.inodes();
        place.permissions();
        place.execution(mount);
        place.unnamed();
        place.cleaner(mount);
        return place.findings;
    }

    private void fileSystem(@Nullable Mount mount) throws IOException {
        String type = Files.getFileStore(directory).type();
        if (mount != null && mount.isInMemory()) {
            findings.add(Finding.note(
                    "file-system",
                    type + ", mounted at " + mount.point() + ": in memory",
                    "files count against the memory of the machine or container; put large ones elsewhere"));
        } else if (type.startsWith("nfs") || type.equals("cifs") || type.startsWith("smb")) {
            findings.add(Finding.note(
                    "file-system",
                    type + ": on another machine",
                    "a local directory is faster, and its locks are better"));
        } else {
            findings.add(Finding.ok("file-system", type + (mount == null ? "" : ", mounted at " + mount.point())));
        }
    }

    private void space() throws IOException {
        FileStore store = Files.getFileStore(directory);
        long free = store.getUsableSpace();
        long total = store.getTotalSpace();
        String text = Units.bytes(free) + " free of " + Units.bytes(total);
        findings.add(
                free < PLENTY_BYTES && free < total / SCARCE
                        ? Finding.problem("space", text, "make room, or set TMPDIR to another file system")
                        : Finding.ok("space", text));
    }

    /** The JDK does not know; df(1) of Linux does. */
    private void inodes() {
        if (Os.current() != Os.LINUX) {
            return;
        }
        String[] fields = lastLine("df", "-Pi", directory.toString()).strip().split("\\s+", 6);
        try {
            long total = Long.parseLong(fields[1]);
            long free = Long.parseLong(fields[3]);
            if (total == 0) {
                findings.add(Finding.ok("inodes", "as many as there is space for"));
                return;
            }
            String text = free + " free of " + total;
            findings.add(
                    free < total / SCARCE
                            ? Finding.problem("inodes", text, "remove files: no more can be made soon, however small")
                            : Finding.ok("inodes", text));
        } catch (ArrayIndexOutOfBoundsException | NumberFormatException noDf) {
            findings.add(Finding.note("inodes", "unknown: df -Pi does not tell", null));
        }
    }

    private static String lastLine(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return output.substring(output.lastIndexOf('\n') + 1);
        } catch (IOException noSuchProgram) {
            return "";
        }
    }

    private void permissions() throws IOException {
        if (!directory.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            return;
        }
        int mode = (Integer) Files.getAttribute(directory, "unix:mode") & 07777;
        int owner = (Integer) Files.getAttribute(directory, "unix:uid");
        String text = String.format("mode %04o, owner %s", mode, Integer.toUnsignedString(owner));
        DirectoryTrust trust = DirectoryTrust.of(directory);
        findings.add(
                switch (trust.kind()) {
                    case PRIVATE -> Finding.ok("trust", text + ": private, other users cannot write to it");
                    case STICKY ->
                        Finding.ok(
                                "trust",
                                text + ": shared, but the sticky bit keeps others from replacing your entries");
                    case EXPOSED ->
                        Finding.problem(
                                "trust",
                                text + ": exposed, " + trust.reason(),
                                "use a directory that belongs to you or root and that others cannot write to, or set its"
                                        + " sticky bit (chmod +t)");
                });
    }

    private void execution(@Nullable Mount mount) {
        if (mount == null) {
            return;
        }
        findings.add(
                mount.options().contains("noexec")
                        ? Finding.note(
                                "noexec",
                                "programs and native libraries cannot be started from here",
                                "have libraries that unpack native code use another directory")
                        : Finding.ok("noexec", "not set: programs and native libraries can be started from here"));
    }

    private void unnamed() throws IOException {
        Set<PosixFilePermission> ownerOnly = PosixFilePermissions.fromString("rw-------");
        if (!Platform.whyNotNative().isEmpty()) {
            findings.add(Finding.note("O_TMPFILE", "unknown: nothing can ask without native calls", null));
            return;
        }
        Directory opened = Platform.current().open(directory);
        String name = Names.system().next(new Names.Pattern("tmp", Names.DEFAULT_RANDOM_LENGTH, ""));
        opened.createUnnamed(name, ownerOnly).close();
        findings.add(
                opened.makesWithoutName()
                        ? Finding.ok("O_TMPFILE", "supported: files without a name never have one")
                        : Finding.note(
                                "O_TMPFILE",
                                "not supported by the file system: files without a name have one for an instant",
                                null));
    }

    private void cleaner(@Nullable Mount mount) {
        Cleaner cleaner = Cleaner.of(directory);
        if (cleaner != null) {
            findings.add(Finding.ok("cleaner", cleaner.text()));
            if (cleaner.active()) {
                findings.add(Finding.note(
                        "cleaner-rule",
                        "what the library makes is kept from looking old while its program lives",
                        "what mktemp makes is not: finish with it before its age, or exempt it"));
            }
        } else if (mount != null && mount.isInMemory()) {
            findings.add(Finding.ok("cleaner", "none known; all is gone when the machine stops"));
        } else {
            findings.add(Finding.ok("cleaner", "none known: what nobody removes stays"));
        }
    }
}

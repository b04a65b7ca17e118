package io.tempfile4j.internal.platform;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What the umask of this process leaves of the permissions of a new file.
 *
 * <p>umask(2) tells by setting, which other threads would notice; so it is read where Linux shows it (proc(5)), and
 * elsewhere off a file that the JDK makes without being asked for permissions, in a directory that nobody else can
 * enter. Asked for once: Java has no means to change it.
 */
public final class Umask {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String LINE = "Umask:";
    private static final int OCTAL = 8;

    /** In the order of the bits of a mode, the lowest first. */
    private static final List<PosixFilePermission> BITS = List.of(
            PosixFilePermission.OTHERS_EXECUTE,
            PosixFilePermission.OTHERS_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.GROUP_EXECUTE,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.OWNER_EXECUTE,
            PosixFilePermission.OWNER_WRITE,
            PosixFilePermission.OWNER_READ);

    private Umask() {}

    /** The permissions of a file that is made without asking for any: 0666, less the umask. */
    public static Set<PosixFilePermission> newFile() {
        return NewFile.PERMISSIONS;
    }

    static Set<PosixFilePermission> allowed(String octal) {
        int taken = Integer.parseInt(octal, OCTAL);
        Set<PosixFilePermission> left = EnumSet.noneOf(PosixFilePermission.class);
        Set<PosixFilePermission> all = PosixFilePermissions.fromString("rw-rw-rw-");
        for (int bit = 0; bit < BITS.size(); bit++) {
            if ((taken >> bit & 1) == 0 && all.contains(BITS.get(bit))) {
                left.add(BITS.get(bit));
            }
        }
        return Set.copyOf(left);
    }

    /** As a file made on purpose has them. */
    static Set<PosixFilePermission> probe() throws IOException {
        Path directory = Files.createTempDirectory("tempfile4j");
        Path parent = directory.getParent();
        if (parent == null || DirectoryTrust.of(parent).isExposed()) {
            // Another user could exchange the directory, and have the file created and removed elsewhere.
            Files.delete(directory);
            throw new IOException("others can replace what is in " + parent);
        }
        Path file = directory.resolve("umask");
        try {
            FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)
                    .close();
            return Set.copyOf(Files.getPosixFilePermissions(file));
        } finally {
            Files.deleteIfExists(file);
            Files.delete(directory);
        }
    }

    private static final class NewFile {
        static final Set<PosixFilePermission> PERMISSIONS = find();

        private static Set<PosixFilePermission> find() {
            try {
                for (String line : Files.isReadable(STATUS) ? Files.readAllLines(STATUS) : List.<String>of()) {
                    if (line.startsWith(LINE)) {
                        return allowed(line.substring(LINE.length()).trim());
                    }
                }
                return probe();
            } catch (IOException | UnsupportedOperationException unknown) {
                // Too strict is the safe side.
                return PosixFilePermissions.fromString("rw-------");
            }
        }

        private NewFile() {}
    }
}

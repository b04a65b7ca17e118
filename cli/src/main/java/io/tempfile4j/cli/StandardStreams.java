package io.tempfile4j.cli;

import io.tempfile4j.internal.platform.Os;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The descriptors 0, 1 and 2, any of which may be closed when the process starts, as by {@code <&-} in a shell.
 *
 * <p>A closed one is the next that the JVM or the library opens: the JVM's module image, its JAR, or a journal, into which
 * warnings would then be written. The JVM opens some before this program begins; those are recognized by their files. The
 * others are occupied here.
 */
final class StandardStreams {

    private static final int COUNT = 3;
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    /** Whether each was closed at the start. */
    private static final boolean[] CLOSED = new boolean[COUNT];

    /** Open until the process ends. */
    private static final List<FileInputStream> OCCUPANTS = new ArrayList<>();

    private StandardStreams() {}

    /** Looks which are closed, before anything else is opened. Reading from one then ends at once; writing to one fails. */
    static void occupy() {
        if (Os.current() != Os.LINUX || !Files.exists(DESCRIPTORS)) {
            return;
        }
        for (int descriptor = 0; descriptor < COUNT; descriptor++) {
            Path link = DESCRIPTORS.resolve(Integer.toString(descriptor));
            try {
                CLOSED[descriptor] = isOfJvm(Files.readSymbolicLink(link));
            } catch (IOException closed) {
                CLOSED[descriptor] = true;
                occupyNext();
            }
        }
    }

    /** Returns whether a descriptor was closed at the start. */
    static boolean isClosed(int descriptor) {
        return CLOSED[descriptor];
    }

    /** The system gives away the lowest descriptor that is free. */
    private static void occupyNext() {
        try {
            OCCUPANTS.add(new FileInputStream("/dev/null"));
        } catch (IOException noDevices) {
            // As in a bare chroot: it stays free.
        }
    }

    /** A user may read from a file of the JVM, too; then the JVM has it open once more. */
    private static boolean isOfJvm(Path target) throws IOException {
        if (!target.startsWith(System.getProperty("java.home")) && !isOnClassPath(target)) {
            return false;
        }
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(DESCRIPTORS)) {
            int open = 0;
            for (Path descriptor : descriptors) {
                if (Files.isSymbolicLink(descriptor) && target.equals(Files.readSymbolicLink(descriptor))) {
                    open++;
                }
            }
            return open == 1;
        }
    }

    private static boolean isOnClassPath(Path target) throws IOException {
        for (String element : System.getProperty("java.class.path", "").split(":", -1)) {
            Path file = Path.of(element);
            if (Files.exists(file) && target.equals(file.toRealPath())) {
                return true;
            }
        }
        return false;
    }
}

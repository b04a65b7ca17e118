package io.tempfile4j.internal.platform;

import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** What an error number of the system is in Java: the same exceptions with the same messages as the JDK's own calls. */
final class Errno {

    private Errno() {}

    /** @param number positive, as in errno(3) */
    static FileSystemException exception(int number, String path) {
        return switch (number) {
            case LinuxAbi.EACCES -> new AccessDeniedException(path);
            case LinuxAbi.ENOENT -> new NoSuchFileException(path);
            case LinuxAbi.EEXIST -> new FileAlreadyExistsException(path);
            case LinuxAbi.ENOTEMPTY -> new DirectoryNotEmptyException(path);
            case LinuxAbi.ELOOP ->
                new FileSystemException(
                        path, null, message(number) + " or unable to access attributes of symbolic link");
            default -> new FileSystemException(path, null, message(number));
        };
    }

    /** The same for a move. */
    static FileSystemException exception(int number, String path, String target) {
        return switch (number) {
            case LinuxAbi.EXDEV -> new AtomicMoveNotSupportedException(path, target, message(number));
            case LinuxAbi.EEXIST -> new FileAlreadyExistsException(target);
            case LinuxAbi.EACCES -> new AccessDeniedException(path, target, null);
            case LinuxAbi.ENOENT -> new NoSuchFileException(path, target, null);
            default -> new FileSystemException(path, target, message(number));
        };
    }

    /** For an operation on what is open. */
    static FileSystemException exception(int number, String path, Operation operation, long argument) {
        return exception(number, path, operation, argument, "");
    }

    /** The same; {@code which} tells which of what is at the path. */
    static FileSystemException exception(int number, String path, Operation operation, long argument, String which) {
        return new FileSystemException(
                path, null, operation.describe(argument) + which + " failed: " + message(number));
    }

    static boolean isOutOfDescriptors(int number) {
        return number == LinuxAbi.EMFILE || number == LinuxAbi.ENFILE;
    }

    static String message(int number) {
        return Libc.strerror(number);
    }

    /** What can fail on an open file. */
    enum Operation {
        READ("read at byte "),
        WRITE("write at byte "),
        TRUNCATE("truncate to "),
        SIZE("size"),
        FORCE("force"),
        SET_PERMISSIONS("set permissions"),
        CLOSE("close");

        private final String text;

        Operation(String text) {
            this.text = text;
        }

        private String describe(long argument) {
            return text.endsWith(" ") ? text + argument : text;
        }
    }
}

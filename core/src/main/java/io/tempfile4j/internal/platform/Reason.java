package io.tempfile4j.internal.platform;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Why something failed, without the path, for a message that names it already. */
public final class Reason {

    private Reason() {}

    /** The JDK leaves to the type of an exception what has happened to the path. */
    public static String of(IOException failure) {
        if (!(failure instanceof FileSystemException file)) {
            String message = failure.getMessage();
            return message == null ? failure.toString() : message;
        }
        if (file.getReason() != null) {
            return file.getReason();
        }
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (failure instanceof NoSuchFileException) {
            return "no such file or directory";
        }
        if (failure instanceof NotDirectoryException) {
            return "not a directory";
        }
        if (failure instanceof DirectoryNotEmptyException) {
            return "not empty";
        }
        return failure instanceof FileAlreadyExistsException ? "exists" : failure.toString();
    }
}

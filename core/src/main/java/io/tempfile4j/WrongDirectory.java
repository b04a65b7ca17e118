package io.tempfile4j;

import io.tempfile4j.internal.platform.Location;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/** Finds out whether the directory is to blame: the system names the file that could not be made in it. */
final class WrongDirectory {

    private WrongDirectory() {}

    /** What is wrong with the directory, with the failure as its cause; the failure itself when nothing is. */
    static FileSystemException blamed(Path directory, FileSystemException failure) {
        String path = directory.toString();
        FileSystemException better;
        if (Location.isBelowFile(directory)) {
            better = new NotDirectoryException(path);
        } else if (Files.notExists(directory)) {
            better = new NoSuchFileException(path, null, "the directory for temporary files does not exist");
        } else if (!Files.isDirectory(directory)) {
            better = new NotDirectoryException(path);
        } else if (failure instanceof AccessDeniedException && !Files.isWritable(directory)) {
            better = new AccessDeniedException(path, null, "no permission to make anything in this directory");
        } else {
            return failure;
        }
        better.initCause(failure);
        return better;
    }
}

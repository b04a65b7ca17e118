package io.tempfile4j.internal.platform;

import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether the thing at a path is still the thing that was made there.
 *
 * @param key device and inode where the provider knows them, else the instant of creation (the JDK hides the file
 *     index of NTFS), which a stranger's later file shares only by NTFS name tunnelling or by setting it on purpose
 * @param directory because a file system gives the inode of what was removed to what is made next, and be it of another
 *     kind; it cannot as long as a handle on what was made is open
 */
public record Identity(Object key, boolean directory) {

    static Identity of(BasicFileAttributes attributes) {
        Object fileKey = attributes.fileKey();
        if (fileKey != null) {
            return new Identity(fileKey, attributes.isDirectory());
        }
        FileTime created = attributes.creationTime();
        return new Identity(created, attributes.isDirectory());
    }

    /** Written out: to derive it takes the first removal of a process milliseconds. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Identity identity && directory == identity.directory && key.equals(identity.key);
    }

    @Override
    public int hashCode() {
        return key.hashCode();
    }
}

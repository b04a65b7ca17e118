package io.tempfile4j.internal.platform;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Gives a file to another owner and group.
 *
 * <p>NIO can do that by path only. Root must not do it where somebody may put a link to another file in place of the one
 * meant: so it is done only where nobody but this user and root can change what the path leads to.
 */
public final class Owner {

    private Owner() {}

    /**
     * Gives the file what it lacks of the owner and the group wanted, as far as that is permitted.
     *
     * @return whether it has that group now
     */
    public static boolean give(Path file, Attributes now, Attributes wanted) throws IOException {
        boolean sameGroup = Objects.equals(now.group(), wanted.group());
        boolean sameOwner = Objects.equals(now.owner(), wanted.owner());
        if (sameGroup && sameOwner) {
            return true;
        }
        Path sure = Access.unchangeableByOthers(file);
        if (sure == null) {
            return sameGroup;
        }
        if (!sameGroup) {
            sameGroup = trySet(sure, "unix:gid", wanted.group());
        }
        if (!sameOwner) {
            trySet(sure, "unix:uid", wanted.owner());
        }
        return sameGroup;
    }

    /** Who is not root may give nothing away, and only to groups of his. */
    private static boolean trySet(Path file, String attribute, @Nullable Object number) {
        if (!(number instanceof Integer)) {
            // Of another file system provider, which knows its users by other means.
            return false;
        }
        try {
            Files.setAttribute(file, attribute, number, NOFOLLOW_LINKS);
            return true;
        } catch (IOException notPermitted) {
            return false;
        }
    }
}

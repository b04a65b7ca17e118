package io.tempfile4j.internal.platform;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryFlag;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.AclFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may use what is made: POSIX permissions where the provider has them, else an access control list for the owner
 * alone, else nothing, when the provider knows no permissions.
 */
abstract class Permissions {

    private static final FileAttribute<?>[] NONE = {};

    static Permissions of(FileSystem fileSystem) {
        Set<String> views = fileSystem.supportedFileAttributeViews();
        if (views.contains("posix")) {
            return Posix.INSTANCE;
        }
        // By methods, so that on POSIX the other classes are not loaded to see that they are Permissions.
        return views.contains("acl") ? OwnerAcl.on(fileSystem) : Unsupported.instance();
    }

    boolean arePosix() {
        return false;
    }

    /** What to give to the call that makes a file, so that it never exists with more. */
    abstract FileAttribute<?>[] forFile(Set<PosixFilePermission> requested) throws IOException;

    /** What to give to the call that makes a directory. */
    abstract FileAttribute<?>[] forDirectory(Set<PosixFilePermission> requested) throws IOException;

    /** Gives a new entry what it lacks of the permissions requested; returns its attributes. */
    abstract BasicFileAttributes ensure(Path made, Set<PosixFilePermission> requested) throws IOException;

    /** Sets the POSIX permissions of what is at the path, a link's target never; without them does nothing. */
    void set(Path file, Set<PosixFilePermission> permissions) throws IOException {}

    private static final class Posix extends Permissions {
        static final Posix INSTANCE = new Posix();

        @Override
        boolean arePosix() {
            return true;
        }

        @Override
        FileAttribute<?>[] forFile(Set<PosixFilePermission> requested) {
            return new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(requested)};
        }

        @Override
        FileAttribute<?>[] forDirectory(Set<PosixFilePermission> requested) {
            return forFile(requested);
        }

        @Override
        BasicFileAttributes ensure(Path made, Set<PosixFilePermission> requested) throws IOException {
            PosixFileAttributes attributes = Files.readAttributes(made, PosixFileAttributes.class, NOFOLLOW_LINKS);
            if (!attributes.permissions().equals(requested)) {
                try {
                    set(made, requested);
                } catch (FileSystemException cannotBeOpened) {
                    setByPath(made, requested);
                }
            }
            return attributes;
        }

        /**
         * For what a umask has left unreadable (for later JDKs: unwritable, too) for its owner. This follows a link: so where
         * others could put one it stays stricter than requested, as on vfat or a Windows drive in WSL, which keep no
         * permissions at all.
         */
        private static void setByPath(Path made, Set<PosixFilePermission> requested) throws IOException {
            Path sure = Access.unchangeableByOthers(made);
            if (sure != null) {
                try {
                    Files.setPosixFilePermissions(sure, requested);
                } catch (FileSystemException none) {
                    // Nor does this file system keep any.
                }
            }
        }

        @Override
        void set(Path file, Set<PosixFilePermission> permissions) throws IOException {
            // With NOFOLLOW_LINKS the JDK opens the entry with O_NOFOLLOW and calls fchmod on it.
            Files.getFileAttributeView(file, PosixFileAttributeView.class, NOFOLLOW_LINKS)
                    .setPermissions(permissions);
        }
    }

    /** Windows: as for POSIX, what lies in a directory that others may read is for the owner only (CVE-2024-4030). */
    private static final class OwnerAcl extends Permissions {
        private static final Set<PosixFilePermission> OWNER = PosixFilePermissions.fromString("rwx------");

        private final FileSystem fileSystem;
        private @Nullable UserPrincipal owner;

        private OwnerAcl(FileSystem fileSystem) {
            this.fileSystem = fileSystem;
        }

        static Permissions on(FileSystem fileSystem) {
            return new OwnerAcl(fileSystem);
        }

        @Override
        FileAttribute<?>[] forFile(Set<PosixFilePermission> requested) throws IOException {
            return attribute(requested);
        }

        @Override
        FileAttribute<?>[] forDirectory(Set<PosixFilePermission> requested) throws IOException {
            return attribute(requested, AclEntryFlag.DIRECTORY_INHERIT, AclEntryFlag.FILE_INHERIT);
        }

        private FileAttribute<?>[] attribute(Set<PosixFilePermission> requested, AclEntryFlag... flags)
                throws IOException {
            requireReadWrite(requested);
            // Whoever asks for more than the owner gets what the directory passes on.
            return OWNER.containsAll(requested) ? new FileAttribute<?>[] {new Acl(acl(flags))} : NONE;
        }

        @Override
        BasicFileAttributes ensure(Path made, Set<PosixFilePermission> requested) throws IOException {
            AclFileAttributeView view = Files.getFileAttributeView(made, AclFileAttributeView.class, NOFOLLOW_LINKS);
            BasicFileAttributes attributes = Files.readAttributes(made, BasicFileAttributes.class, NOFOLLOW_LINKS);
            if (OWNER.containsAll(requested) && !ownedAlone(view.getAcl())) {
                view.setAcl(
                        attributes.isDirectory()
                                ? acl(AclEntryFlag.DIRECTORY_INHERIT, AclEntryFlag.FILE_INHERIT)
                                : acl());
            }
            return attributes;
        }

        private boolean ownedAlone(List<AclEntry> acl) throws IOException {
            UserPrincipal self = owner();
            return !acl.isEmpty()
                    && acl.stream().allMatch(entry -> entry.principal().equals(self));
        }

        /** Names the user, not the file's owner: an elevated process's files belong to the administrators. */
        private List<AclEntry> acl(AclEntryFlag... flags) throws IOException {
            return List.of(AclEntry.newBuilder()
                    .setType(AclEntryType.ALLOW)
                    .setPrincipal(owner())
                    .setPermissions(EnumSet.allOf(AclEntryPermission.class))
                    .setFlags(flags)
                    .build());
        }

        private UserPrincipal owner() throws IOException {
            UserPrincipal known = owner;
            if (known == null) {
                known = fileSystem
                        .getUserPrincipalLookupService()
                        .lookupPrincipalByName(System.getProperty("user.name"));
                owner = known;
            }
            return known;
        }
    }

    private record Acl(List<AclEntry> value) implements FileAttribute<List<AclEntry>> {
        @Override
        public String name() {
            return "acl:acl";
        }
    }

    /** A provider that knows no permissions. */
    private static final class Unsupported extends Permissions {
        static Permissions instance() {
            return new Unsupported();
        }

        @Override
        FileAttribute<?>[] forFile(Set<PosixFilePermission> requested) {
            requireReadWrite(requested);
            return NONE;
        }

        @Override
        FileAttribute<?>[] forDirectory(Set<PosixFilePermission> requested) {
            return forFile(requested);
        }

        @Override
        BasicFileAttributes ensure(Path made, Set<PosixFilePermission> requested) throws IOException {
            return Files.readAttributes(made, BasicFileAttributes.class, NOFOLLOW_LINKS);
        }
    }

    private static void requireReadWrite(Set<PosixFilePermission> requested) {
        if (!requested.contains(PosixFilePermission.OWNER_READ)
                || !requested.contains(PosixFilePermission.OWNER_WRITE)) {
            throw new IllegalArgumentException("permissions " + PosixFilePermissions.toString(requested)
                    + ": this file system has no POSIX permissions and cannot deny them to the owner");
        }
    }
}

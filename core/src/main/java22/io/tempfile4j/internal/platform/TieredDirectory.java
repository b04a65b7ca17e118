package io.tempfile4j.internal.platform;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A directory in which things are made portably until the native calls are linked, and by these from then on. Who has made a
 * thing recognises it as well: each knows it by another key.
 */
final class TieredDirectory implements Directory {

    private final Directory portable;
    private final BooleanSupplier isLinked;
    private volatile @Nullable LinuxDirectory linux;

    TieredDirectory(Directory portable, BooleanSupplier isLinked) {
        this.portable = portable;
        this.isLinked = isLinked;
    }

    /** The same by native calls, which are linked. */
    LinuxDirectory linux() {
        LinuxDirectory known = linux;
        return known != null ? known : openLinux();
    }

    private synchronized LinuxDirectory openLinux() {
        LinuxDirectory known = linux;
        if (known == null) {
            known = LinuxDirectory.at(path(), portable);
            linux = known;
        }
        return known;
    }

    private Directory now() {
        return isLinked.getAsBoolean() ? linux() : portable;
    }

    private Directory makerOf(Identity identity) {
        return isNative(identity) ? linux() : portable;
    }

    private static boolean isNative(Identity identity) {
        return identity.key() instanceof FileStatus.InodeKey;
    }

    @Override
    public Path path() {
        return portable.path();
    }

    @Override
    public byte[] pathBytesOf(String name) {
        return portable.pathBytesOf(name);
    }

    @Override
    public NumericIdentity identityOfDirectory() {
        return now().identityOfDirectory();
    }

    @Override
    public MadeFile createFile(String name, Set<PosixFilePermission> permissions) throws IOException {
        return now().createFile(name, permissions);
    }

    @Override
    public FileChannel createChannel(String name, Set<PosixFilePermission> permissions) throws IOException {
        return now().createChannel(name, permissions);
    }

    @Override
    public FileHandle createUnnamed(String name, Set<PosixFilePermission> permissions) throws IOException {
        return now().createUnnamed(name, permissions);
    }

    @Override
    public boolean makesWithoutName() {
        return now().makesWithoutName();
    }

    @Override
    public Identity createDirectory(String name, Set<PosixFilePermission> permissions) throws IOException {
        return now().createDirectory(name, permissions);
    }

    @Override
    public Identity identify(String name) throws IOException {
        return now().identify(name);
    }

    @Override
    public @Nullable Attributes attributes(String name) throws IOException {
        return now().attributes(name);
    }

    @Override
    public FileChannel open(String name, Identity identity, Set<? extends OpenOption> options) throws IOException {
        return makerOf(identity).open(name, identity, options);
    }

    @Override
    public void rename(String name, Identity identity, Directory to, String target, boolean replace)
            throws IOException {
        if (isNative(identity)) {
            linux().rename(name, identity, to, target, replace);
            return;
        }
        // Who moves a thing recognises it at both ends.
        Directory there = to instanceof TieredDirectory tiered ? tiered.portable : to;
        portable.rename(name, identity, there, target, replace);
    }

    @Override
    public void setPermissions(String name, Identity identity, Set<PosixFilePermission> permissions)
            throws IOException {
        makerOf(identity).setPermissions(name, identity, permissions);
    }

    @Override
    public void force() throws IOException {
        now().force();
    }

    @Override
    public Removal removeFile(String name, Identity identity) throws IOException {
        return makerOf(identity).removeFile(name, identity);
    }

    @Override
    public Removal removeTree(String name, Identity identity) throws IOException {
        return makerOf(identity).removeTree(name, identity);
    }

    @Override
    public void touch(String name, Identity identity) throws IOException {
        makerOf(identity).touch(name, identity);
    }

    /** Both: each removes what it has made. */
    @Override
    public void hold() throws IOException {
        portable.hold();
        if (isLinked.getAsBoolean()) {
            linux().hold();
        }
    }

    @Override
    public void release() {
        portable.release();
        LinuxDirectory known = linux;
        if (known != null) {
            known.release();
        }
    }
}

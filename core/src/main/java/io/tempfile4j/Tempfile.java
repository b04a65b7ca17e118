package io.tempfile4j;

import io.tempfile4j.internal.platform.Names;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Objects;

/**
 * The functions of Python's {@code tempfile}, under their own names. What they make, the <b>caller removes</b>; the types
 * {@link NamedTemporaryFile} and {@link TemporaryDirectory} remove it themselves.
 *
 * {@snippet class = "io.tempfile4j.SnippetsTest" region = "functions"}
 *
 * <p>Files are made with mode 0600 and directories with 0700, whatever the umask, and exclusively. Every path is
 * absolute. All functions are safe for use by many threads.
 */
public final class Tempfile {

    /** How many names are tried before a {@link java.nio.file.FileAlreadyExistsException}: 10,000. */
    public static final int TMP_MAX = Names.TMP_MAX;

    static final String PREFIX = "tmp";

    private Tempfile() {}

    /**
     * The directory for temporary files, chosen at the first call and the same ever after.
     *
     * <p>The candidates, in this order: the property {@code tempfile4j.dir}; the property {@code java.io.tmpdir} when it
     * is not the default; the environment variables {@code TMPDIR}, {@code TEMP}, {@code TMP}; the property {@code
     * java.io.tmpdir}; {@code /tmp}, {@code /var/tmp} and {@code /usr/tmp}, or their like on Windows; the current
     * directory. The first one serves in which a file can be made, written and removed, and which is not open to others
     * without the sticky bit. When one that a person named does not serve, the {@link System.Logger} {@code
     * io.tempfile4j} warns, saying why.
     *
     * @return absolute
     * @throws NoUsableTempDirectoryException if none serves: it lists each with its reason. The next call looks again
     * @throws IOException if the directory vanishes meanwhile
     */
    public static Path gettempdir() throws IOException {
        return TempSpace.system().directory();
    }

    /**
     * What names begin with unless said otherwise.
     *
     * @return {@code "tmp"}
     */
    public static String gettempprefix() {
        return PREFIX;
    }

    /**
     * Makes a file in {@link #gettempdir()} and opens it.
     *
     * @return the open channel and the path
     * @throws IOException if it cannot be made; nothing is left then
     */
    public static MkstempResult mkstemp() throws IOException {
        return mkstemp(PREFIX, "");
    }

    /**
     * Makes a file in a directory and opens it.
     *
     * @param dir an existing directory
     * @return the open channel and the path
     * @throws NoSuchFileException if the directory does not exist
     * @throws NotDirectoryException if it is not a directory
     * @throws IOException if the file cannot be made; nothing is left then
     */
    public static MkstempResult mkstemp(Path dir) throws IOException {
        return mkstemp(dir, PREFIX, "");
    }

    /**
     * Makes a file in {@link #gettempdir()} and opens it.
     *
     * @param prefix what the name begins with; may be empty
     * @param suffix what it ends with; may be empty
     * @return the open channel and the path
     * @throws IllegalArgumentException if a part holds a separator, NUL, or what the file system does not allow
     * @throws IOException if it cannot be made; nothing is left then
     */
    public static MkstempResult mkstemp(String prefix, String suffix) throws IOException {
        return TempSpace.system().mkstemp(prefix, suffix);
    }

    /**
     * Makes a file in a directory and opens it.
     *
     * @param dir an existing directory
     * @param prefix what the name begins with; may be empty
     * @param suffix what it ends with; may be empty
     * @return the open channel and the path
     * @throws IllegalArgumentException if a part holds a separator, NUL, or what the file system does not allow
     * @throws NoSuchFileException if the directory does not exist
     * @throws NotDirectoryException if it is not a directory
     * @throws IOException if the file cannot be made; nothing is left then
     */
    public static MkstempResult mkstemp(Path dir, String prefix, String suffix) throws IOException {
        return in(dir).mkstemp(prefix, suffix);
    }

    /**
     * Makes a directory in {@link #gettempdir()}.
     *
     * @return its path
     * @throws IOException if it cannot be made
     */
    public static Path mkdtemp() throws IOException {
        return mkdtemp(PREFIX, "");
    }

    /**
     * Makes a directory in a directory.
     *
     * @param dir an existing directory
     * @return its path
     * @throws NoSuchFileException if the directory does not exist
     * @throws NotDirectoryException if it is not a directory
     * @throws IOException if it cannot be made
     */
    public static Path mkdtemp(Path dir) throws IOException {
        return mkdtemp(dir, PREFIX, "");
    }

    /**
     * Makes a directory in {@link #gettempdir()}.
     *
     * @param prefix what the name begins with; may be empty
     * @param suffix what it ends with; may be empty
     * @return its path
     * @throws IllegalArgumentException if a part holds a separator, NUL, or what the file system does not allow
     * @throws IOException if it cannot be made
     */
    public static Path mkdtemp(String prefix, String suffix) throws IOException {
        return TempSpace.system().mkdtemp(prefix, suffix);
    }

    /**
     * Makes a directory in a directory.
     *
     * @param dir an existing directory
     * @param prefix what the name begins with; may be empty
     * @param suffix what it ends with; may be empty
     * @return its path
     * @throws IllegalArgumentException if a part holds a separator, NUL, or what the file system does not allow
     * @throws NoSuchFileException if the directory does not exist
     * @throws NotDirectoryException if it is not a directory
     * @throws IOException if it cannot be made
     */
    public static Path mkdtemp(Path dir, String prefix, String suffix) throws IOException {
        return in(dir).mkdtemp(prefix, suffix);
    }

    /**
     * A path at which there is nothing at the moment of the call.
     *
     * @param dir an existing directory
     * @param prefix what the name begins with; may be empty
     * @param suffix what it ends with; may be empty
     * @return a path
     * @throws IllegalArgumentException if a part holds a separator, NUL, or what the file system does not allow
     * @throws NoSuchFileException if the directory does not exist
     * @throws NotDirectoryException if it is not a directory
     * @throws IOException if the directory cannot be looked at
     * @deprecated This is NOT secure: before the caller makes something there, another can. Use {@link #mkstemp}, {@link
     *     #mkdtemp} or {@link TempSpace#temporaryPath}, which make it.
     */
    @Deprecated
    public static Path mktemp(Path dir, String prefix, String suffix) throws IOException {
        return in(dir).mktemp(prefix, suffix);
    }

    private static TempSpace in(Path dir) throws IOException {
        return TempSpace.builder().directory(Objects.requireNonNull(dir, "dir")).open();
    }
}

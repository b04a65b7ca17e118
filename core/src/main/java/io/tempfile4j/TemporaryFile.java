package io.tempfile4j;

import io.tempfile4j.internal.bytes.BufferedBytes;
import io.tempfile4j.internal.lifetime.LivingHandle;
import io.tempfile4j.internal.platform.FileHandle;
import java.io.IOException;
import java.nio.channels.FileChannel;

/**
 * A temporary file without a name: nobody else can open it, and the system frees it when it is closed, however the
 * program ends.
 *
 * {@snippet class = "io.tempfile4j.SnippetsTest" region = "nameless"}
 *
 * <p>On Linux it never has a name, when the JVM grants the library native access, its calls are linked (a fraction of a
 * second after the first use, or with {@code -Dtempfile4j.backend=native} before it) and the file system can do that. Else,
 * on Unix the name is removed as soon as the file is open, and an entry is left behind only by a crash between these two
 * system calls. Windows removes the name with the last handle, also after a crash.
 *
 * <p>Python: {@code tempfile.TemporaryFile}; C: {@code tmpfile}. Threads: see {@link FileObject}.
 */
public final class TemporaryFile extends BufferedFile implements FileObject {

    private final FileHandle handle;

    TemporaryFile(TempSpace space, LivingHandle resource, FileHandle handle) {
        super(space, resource, new BufferedBytes(handle));
        this.handle = handle;
    }

    /**
     * Makes one in {@link TempSpace#system()}.
     *
     * @return a new, empty file, open for reading and writing
     * @throws IOException if it cannot be made; nothing is left then
     */
    public static TemporaryFile create() throws IOException {
        return TempSpace.system().temporaryFile();
    }

    @Override
    FileChannel openUnnamedChannel() throws IOException {
        return handle.channel();
    }

    /** Says what this is, for messages. */
    @Override
    public String toString() {
        return "TemporaryFile[" + describe() + "]";
    }
}

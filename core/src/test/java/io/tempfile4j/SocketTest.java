package io.tempfile4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tempfile4j.internal.platform.ScriptedNames;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Group G: a socket at a temporary path, which only the operating system's own file system has. */
class SocketTest {

    /** Short: the path of a socket has hardly a hundred bytes. */
    private Path directory;

    @BeforeEach
    void makeDirectory() throws IOException {
        assumeTrue(hasUnixSockets(), "no Unix domain sockets here");
        directory = Files.createTempDirectory("tf4j");
    }

    @AfterEach
    void removeDirectory() throws IOException {
        if (directory != null) {
            Files.deleteIfExists(directory);
        }
    }

    private static boolean hasUnixSockets() throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            return server.isOpen();
        } catch (UnsupportedOperationException none) {
            return false;
        }
    }

    @Test
    @Behaviour({62, 189})
    void temporaryPath_socket_isBoundThereAndRemoved() throws IOException {
        try (TempSpace space = TempSpace.in(directory);
                ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            TemporaryPath socket =
                    space.temporaryPath("", ".sock", path -> server.bind(UnixDomainSocketAddress.of(path)));
            assertThat(socket.path()).exists();
            assertThat(socket.path().toString()).endsWith(".sock");
            try (SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(socket.path()));
                    SocketChannel accepted = server.accept()) {
                assertThat(client.write(ByteBuffer.wrap(new byte[] {7}))).isEqualTo(1);
                ByteBuffer received = ByteBuffer.allocate(1);
                assertThat(accepted.read(received)).isEqualTo(1);
                assertThat(received.get(0)).isEqualTo((byte) 7);
            }
            socket.close();
            assertThat(directory).isEmptyDirectory();
        }
    }

    /** Binding to an address that is in use is no FileAlreadyExistsException. */
    @Test
    @Behaviour({62, 190})
    void temporaryPath_socketsNameIsTaken_anotherIsTried() throws IOException {
        Path taken = Files.createFile(directory.resolve("aaaaaaaaaaaa"));
        try (TempSpace space = TempSpace.builder()
                        .directory(directory)
                        .names(ScriptedNames.of("aaaaaaaaaaaa", "bbbbbbbbbbbb"))
                        .open();
                ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
                TemporaryPath socket =
                        space.temporaryPath("", "", path -> server.bind(UnixDomainSocketAddress.of(path)))) {
            assertThat(socket.path()).hasFileName("bbbbbbbbbbbb").exists();
            assertThat(taken).isEmptyFile();
        }
        assertThat(Backend.entries(directory)).containsExactly(taken);
        Files.delete(taken);
    }
}

package io.tempfile4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** Things that are no plain files, made by a caller and persisted. */
class TemporaryPathMakersTest extends ProcessSuite {

    private static void makePipe(Path path) throws IOException {
        try {
            Process process = new ProcessBuilder("mkfifo", path.toString())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            assumeTrue(process.waitFor() == 0, "no mkfifo(1)");
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean isOther(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .isOther();
    }

    @Test
    @Behaviour({346, 347})
    void persist_socket_isReachedAtTheTarget() throws IOException {
        Path target = scratch.resolve("server.sock");
        try (TempSpace space = TempSpace.in(scratch);
                ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            TemporaryPath socket =
                    space.temporaryPath("", ".sock", path -> server.bind(UnixDomainSocketAddress.of(path)));
            socket.persist(target, PersistOption.DURABLE, PersistOption.NO_CLOBBER);
            try (SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(target));
                    SocketChannel accepted = server.accept()) {
                assertThat(client.isConnected()).isTrue();
                assertThat(accepted.isConnected()).isTrue();
            }
        }
        assertThat(Backend.entries(scratch)).containsExactly(target);
    }

    @Test
    @Behaviour({346, 347})
    void persist_pipe_isMovedAndNobodyWaitsAtIt() throws IOException {
        Path target = scratch.resolve("pipe");
        try (TempSpace space = TempSpace.in(scratch)) {
            TemporaryPath pipe = space.temporaryPath("", "", TemporaryPathMakersTest::makePipe);
            pipe.persist(target, PersistOption.values());
            assertThat(isOther(target)).isTrue();
            pipe.persist(scratch.resolve("again"), PersistOption.KEEP_TARGET_ATTRIBUTES);
        }
        assertThat(Backend.entries(scratch)).containsExactly(scratch.resolve("again"));
    }

    @Test
    @Needs(Need.SHM)
    void persist_pipeToAnotherDevice_isRefused() throws IOException {
        Path memory = Path.of("/dev/shm");
        assumeTrue(!Files.getFileStore(memory).equals(Files.getFileStore(scratch)), "it is the same file system");
        Path targets = Files.createTempDirectory(memory, "tempfile4j-test");
        try (TempSpace space = TempSpace.in(scratch)) {
            TemporaryPath pipe = space.temporaryPath("", "", TemporaryPathMakersTest::makePipe);
            for (PersistOption[] options : new PersistOption[][] {{}, PersistOption.values()}) {
                assertThatThrownBy(() -> pipe.persist(targets.resolve("pipe"), options))
                        .isInstanceOf(PersistException.class)
                        .hasCauseInstanceOf(AtomicMoveNotSupportedException.class);
            }
            assertThat(isOther(pipe.path())).isTrue();
            assertThat(targets).isEmptyDirectory();
        } finally {
            Files.delete(targets);
        }
        assertThat(Backend.entries(scratch)).isEmpty();
    }

    /** Makes a database, fills and persists it; in a process of its own, since SQLite loads native code. */
    static final class Database {
        public static void main(String[] arguments) throws IOException, SQLException {
            Path target = Path.of(arguments[1]);
            try (TempSpace space = TempSpace.in(Path.of(arguments[0]));
                    TemporaryPath database = space.temporaryPath("", ".db", path -> {
                        try (Connection connection = open(path);
                                Statement statement = connection.createStatement()) {
                            statement.execute("create table numbers (n integer)");
                            statement.execute("insert into numbers values (1), (2), (39)");
                        } catch (SQLException e) {
                            throw new IOException(e);
                        }
                    })) {
                database.persist(target, PersistOption.DURABLE);
            }
            try (Connection connection = open(target);
                    Statement statement = connection.createStatement();
                    ResultSet sum = statement.executeQuery("select sum(n) from numbers")) {
                System.out.println("sum " + (sum.next() ? sum.getInt(1) : -1));
            }
        }

        private static Connection open(Path path) throws SQLException {
            return DriverManager.getConnection("jdbc:sqlite:" + path);
        }

        private Database() {}
    }

    @Test
    @Behaviour({346, 347})
    void persist_sqliteDatabase_isReadAtTheTarget() throws Exception {
        Path sources = directory("sources");
        Path libraries = directory("libraries");
        Path target = directory("targets").resolve("numbers.db");
        ChildJvm.Result result = ChildJvm.of(Database.class)
                .with(org.sqlite.JDBC.class)
                .args(sources.toString(), target.toString())
                // The driver loads native code, from a file that it makes.
                .options("--enable-native-access=ALL-UNNAMED", "-Dorg.sqlite.tmpdir=" + libraries)
                .run();
        assertThat(result.lines()).containsExactly("sum 42");
        assertThat(result.exitCode()).isZero();
        assertThat(Backend.entries(sources)).isEmpty();
        assertThat(Backend.entries(target.getParent())).containsExactly(target);
    }
}

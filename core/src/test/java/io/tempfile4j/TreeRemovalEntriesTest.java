package io.tempfile4j;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Group J: entries that only a Unix has. */
class TreeRemovalEntriesTest extends RemovalSuite {

    private Path tree;

    @BeforeEach
    void makeTree() throws IOException {
        tree = directory("tree");
    }

    private void assertRemoved(ChildJvm child) throws IOException, InterruptedException {
        ChildJvm.Result result = child.run();
        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(result.lines()).containsExactly("removed");
        assertThat(tree).doesNotExist();
    }

    private void assertRemoved() throws IOException {
        assertThat(RemovalMain.remove(tree)).isEqualTo("removed");
        assertThat(tree).doesNotExist();
    }

    /** Bytes that are no text in the encoding of the process, whichever that is. */
    @ParameterizedTest
    @ValueSource(strings = {"C", "C.UTF-8", "POSIX"})
    @Behaviour(319)
    void cleanup_namesThatAreNoText_areRemoved(String locale) throws Exception {
        shell(tree, """
                for name in "$(printf 'a\\377b')" "$(printf '\\300\\200')" "$(printf '\\303\\244\\344')" "$(printf 'a\\nb')" -r; do
                    mkdir -p -- "$name/$name"
                    : > "./$name/$name/$name"
                    ln -s /nonexistent -- "./$name/link-$name"
                done
                """);
        assertThat(Backend.entries(tree)).hasSize(5);
        assertRemoved(ChildJvm.of(RemovalMain.class).env("LC_ALL", locale).args(tree.toString()));
    }

    /** Whoever opened one for reading would wait for a writer. */
    @Test
    @Timeout(60)
    @Behaviour(318)
    void cleanup_namedPipesAndSockets_areRemovedWithoutBeingOpened() throws Exception {
        shell(tree, "mkdir sub; mkfifo pipe sub/pipe; mkfifo -m 000 closed");
        try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            socket.bind(UnixDomainSocketAddress.of(tree.resolve("socket")));
            socket.configureBlocking(false);
            assertRemoved();
            assertThat(socket.accept()).isNull();
        }
    }

    @Test
    @Timeout(60)
    @Behaviour(318)
    @Needs(Need.ROOT)
    void cleanup_deviceNodes_areRemovedWithoutBeingOpened() throws Exception {
        // The second has no driver: opening it would fail.
        assumeTrue(
                run("/bin/sh", "-c", "cd \"$0\"; mknod terminal c 5 0 && mknod none b 240 99", tree.toString())
                        .isEmpty(),
                "no device nodes here");
        assertRemoved();
    }

    @Test
    @Behaviour(309)
    void cleanup_workingDirectoryIsInIt_isRemoved() throws Exception {
        Path inside = directory("tree/sub");
        assertRemoved(ChildJvm.of(RemovalMain.class).in(inside).args(tree.toString()));
    }

    @Test
    @Behaviour({309, 334})
    void cleanup_workingDirectoryItself_isRemoved() throws Exception {
        Files.createFile(tree.resolve("file"));
        assertRemoved(ChildJvm.of(RemovalMain.class).in(tree).args(""));
    }

    /** Somebody reads and writes on; on POSIX that keeps no name. */
    @Test
    @Behaviour({188, 294})
    void cleanup_fileIsOpen_isRemoved() throws Exception {
        Process holder = new ProcessBuilder(
                        "/bin/sh", "-c", "cd \"$0\"; exec 3>open; echo ready; read line", tree.toString())
                .redirectErrorStream(true)
                .start();
        try {
            assertThat(holder.inputReader(UTF_8).readLine()).isEqualTo("ready");
            assertRemoved();
        } finally {
            holder.destroy();
            holder.waitFor();
        }
    }

    private void immutable(String sign, String... names) throws IOException, InterruptedException {
        for (String name : names) {
            String said = run("chattr", sign, tree.resolve(name).toString());
            assumeTrue(said.isEmpty(), "no immutable files here: " + said);
        }
    }

    @Test
    @Behaviour({295, 305, 340})
    @Needs({Need.ROOT, Need.CHATTR})
    void cleanup_immutableEntries_areReportedTheRestGoesAndLaterTheyDo() throws Exception {
        shell(tree, "mkdir -p sub/deep other; touch file sub/file sub/deep/fixed other/file fixed");
        TemporaryDirectory adopted = TemporaryDirectory.adopt(tree);
        immutable("+i", "fixed", "sub/deep/fixed");
        try {
            assertThatExceptionOfType(CleanupException.class)
                    .isThrownBy(adopted::cleanup)
                    .withMessageContaining(tree.resolve("fixed").toString())
                    .withMessageContaining(tree.resolve("sub/deep/fixed").toString())
                    .satisfies(failure -> {
                        assertThat(failure.remaining())
                                .containsExactlyInAnyOrder(tree.resolve("fixed"), tree.resolve("sub/deep/fixed"));
                        assertThat(failure.remainingCount()).isEqualTo(2);
                        assertThat(failure.getSuppressed()).hasSize(2);
                    });
            assertThat(Backend.entries(tree)).containsExactly(tree.resolve("fixed"), tree.resolve("sub"));
            assertThat(Backend.entries(tree.resolve("sub"))).containsExactly(tree.resolve("sub/deep"));
        } finally {
            immutable("-i", "fixed", "sub/deep/fixed");
        }
        adopted.cleanup();
        assertThat(tree).doesNotExist();
        adopted.cleanup();
    }

    @Test
    @Behaviour({294, 295, 296, 305})
    @Needs({Need.ROOT, Need.CHATTR})
    void ignoreCleanupErrors_immutableEntry_isSilentAndLaterItGoes() throws Exception {
        try (TempSpace careless =
                TempSpace.builder().directory(tree).ignoreCleanupErrors(true).open()) {
            TemporaryDirectory owned = careless.temporaryDirectory("owned", "");
            Files.createFile(owned.resolve("fixed"));
            Files.createFile(owned.resolve("file"));
            String fixed = tree.relativize(owned.resolve("fixed")).toString();
            immutable("+i", fixed);
            try {
                owned.cleanup();
                assertThat(Backend.entries(owned.path())).containsExactly(owned.resolve("fixed"));
            } finally {
                immutable("-i", fixed);
            }
            owned.cleanup();
            assertThat(owned.path()).doesNotExist();
        }
    }

    /** Of a directory that is immutable nothing can be removed. */
    @Test
    @Behaviour({305, 340})
    @Needs({Need.ROOT, Need.CHATTR})
    void cleanup_immutableDirectory_isReportedAndTheRestGoes() throws Exception {
        shell(tree, "mkdir fixed other; touch fixed/file other/file file");
        immutable("+i", "fixed");
        try {
            assertThat(RemovalMain.remove(tree)).startsWith("left 1\n" + tree.resolve("fixed"));
            assertThat(Backend.entries(tree)).containsExactly(tree.resolve("fixed"));
        } finally {
            immutable("-i", "fixed");
        }
        assertRemoved();
    }
}

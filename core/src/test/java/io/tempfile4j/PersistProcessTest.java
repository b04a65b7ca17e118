package io.tempfile4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Group K in processes of its own: umasks, other users, kills, the order of system calls. */
class PersistProcessTest extends ProcessSuite {

    /** Persists one of each kind from the first directory to the second; says with which permissions. */
    static final class Modes {
        public static void main(String[] arguments) throws IOException {
            TempSpace space = TempSpace.in(Path.of(arguments[0]));
            Path targets = Path.of(arguments[1]);
            for (FileKind kind : FileKind.values()) {
                Path target = targets.resolve(kind.toString());
                try (FileObject file = kind.open(space)) {
                    file.persist(target);
                }
                say(target);
            }
            say(AtomicFile.replace(targets.resolve("ATOMIC"), file -> file.write(1)));
            Path made = targets.resolve("JDK");
            Files.newOutputStream(made).close();
            say(made);
        }

        private static void say(Path path) throws IOException {
            System.out.println(path.getFileName() + " "
                    + PosixFilePermissions.toString(Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS)));
        }

        private Modes() {}
    }

    @ParameterizedTest
    @CsvSource({"000, rw-rw-rw-", "022, rw-r--r--", "027, rw-r-----", "077, rw-------", "0777, ---------"})
    void persist_underAnUmask_hasThePermissionsOfAnyNewFile(String umask, String permissions) throws Exception {
        Path temporary = directory("temporary");
        Path targets = directory("targets");
        ChildJvm.Result result = ChildJvm.of(Modes.class)
                .args(temporary.toString(), targets.toString())
                .shell("umask " + umask)
                .run();
        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(result.lines())
                .hasSize(FileKind.values().length + 2)
                .allSatisfy(line -> assertThat(line).endsWith(" " + permissions));
        assertThat(Backend.entries(temporary)).isEmpty();
        assertThat(Backend.entries(targets)).hasSize(FileKind.values().length + 2);
    }

    /** Tries to persist one of each kind where it may not. */
    static final class Forbidden {
        public static void main(String[] arguments) throws IOException {
            TempSpace space = TempSpace.in(Path.of(arguments[0]));
            for (FileKind kind : FileKind.values()) {
                for (PersistOption[] options : new PersistOption[][] {{}, PersistOption.values()}) {
                    try (FileObject file = kind.open(space)) {
                        file.text().write("content");
                        try {
                            file.persist(Path.of(arguments[1]), options);
                            System.out.println("persisted");
                        } catch (PersistException expected) {
                            file.seek(0);
                            System.out.println(file.text().read() + " "
                                    + expected.getCause().getClass().getSimpleName());
                        }
                    }
                }
            }
        }

        private Forbidden() {}
    }

    @Test
    @Behaviour(351)
    void persist_noPermission_saysSoAndKeepsTheContent() throws Exception {
        Path temporary = unprivilegedDirectory("temporary", 0700);
        Path targets = unprivilegedDirectory("targets", 0555);
        Path target = targets.resolve("target");
        ChildJvm.Result result = unprivileged(ChildJvm.of(Forbidden.class))
                .args(temporary.toString(), target.toString())
                .run();
        assertThat(result.lines()).hasSize(10).allMatch(line -> line.equals("content AccessDeniedException"));
        assertThat(target).doesNotExist();
    }

    /** Replaces the second file again and again, from files in the first directory, until it is killed. */
    static final class Replacing {
        public static void main(String[] arguments) throws IOException {
            Path target = Path.of(arguments[0]);
            for (int i = 0; ; i++) {
                byte[] content = new byte[5000 + i % 7 * 1000];
                java.util.Arrays.fill(content, (byte) ('a' + i % 7));
                AtomicFile.replace(target, Set.of(PersistOption.KEEP_TARGET_ATTRIBUTES), file -> {
                    file.write(content, 0, 4000);
                    file.flush();
                    file.write(content, 4000, content.length - 4000);
                });
                System.out.println(i);
            }
        }

        private Replacing() {}
    }

    @Test
    @Behaviour({343, 353})
    void replace_killedAtAnyMoment_targetIsWhole() throws Exception {
        Random random = new Random(6);
        String journals = "-Dtempfile4j.journal=" + directory("journals");
        for (int round = 0; round < 8; round++) {
            Path directory = directory("round" + round);
            Path target = directory.resolve("target");
            Process child = ChildJvm.of(Replacing.class)
                    .options(journals)
                    .args(target.toString())
                    .start();
            try (BufferedReader output =
                    new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
                int replacements = 1 + random.nextInt(300);
                for (int i = 0; i < replacements; i++) {
                    assertThat(output.readLine()).isEqualTo(Integer.toString(i));
                }
            } finally {
                child.destroyForcibly();
            }
            assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
            byte[] content = Files.readAllBytes(target);
            byte[] expected = new byte[5000 + (content[0] - 'a') * 1000];
            java.util.Arrays.fill(expected, content[0]);
            assertThat(content).isEqualTo(expected);
            CrashSuite.reap(ChildJvm.of(CrashSuite.Reap.class).options(journals));
            assertThat(Backend.entries(directory))
                    .as("nothing is left beside it")
                    .containsExactly(target);
        }
    }

    /** Tries to be the first at many targets, as another process does; says at which it was. */
    static final class Claiming {
        static final int TARGETS = 300;

        public static void main(String[] arguments) throws IOException {
            TempSpace space = TempSpace.in(Path.of(arguments[0]));
            System.out.println("ready");
            if (System.in.read() < 0) {
                throw new AssertionError("not told to start");
            }
            for (int i = 0; i < TARGETS; i++) {
                try (FileObject file = i % 2 == 0 ? space.namedTemporaryFile() : space.temporaryFile()) {
                    file.text().write(arguments[1]);
                    file.persist(Path.of(arguments[0], "target" + i), PersistOption.NO_CLOBBER);
                    System.out.println("won " + i);
                } catch (PersistException lost) {
                    System.out.println("lost " + i);
                }
            }
        }

        private Claiming() {}
    }

    @Test
    @Behaviour(344)
    void persist_noClobberByTwoProcesses_oneWinsEach() throws Exception {
        Path directory = directory("contended");
        List<Process> children = new ArrayList<>();
        List<BufferedReader> outputs = new ArrayList<>();
        for (String name : List.of("A", "B")) {
            Process child =
                    ChildJvm.of(Claiming.class).args(directory.toString(), name).start();
            children.add(child);
            outputs.add(new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8)));
        }
        for (BufferedReader output : outputs) {
            assertThat(output.readLine()).isEqualTo("ready");
        }
        for (Process child : children) {
            child.getOutputStream().write('\n');
            child.getOutputStream().close();
        }
        List<List<String>> said = new ArrayList<>();
        for (BufferedReader output : outputs) {
            said.add(output.lines().toList());
        }
        for (int i = 0; i < Claiming.TARGETS; i++) {
            boolean first = said.get(0).contains("won " + i);
            assertThat(said.get(1)).contains((first ? "lost " : "won ") + i);
            assertThat(directory.resolve("target" + i)).hasContent(first ? "A" : "B");
        }
        assertThat(Backend.entries(directory)).hasSize(Claiming.TARGETS);
    }

    /** Replaces a file durably. */
    static final class Durable {
        public static void main(String[] arguments) throws IOException {
            Path directory = Path.of(arguments[0]);
            AtomicFile.replace(directory.resolve("atomic"), file -> file.write(1));
            TempSpace space = TempSpace.in(directory);
            for (FileKind kind : List.of(FileKind.NAMED, FileKind.NAMELESS, FileKind.IN_MEMORY)) {
                try (FileObject file = kind.open(space)) {
                    file.write(1);
                    Thread.currentThread().interrupt();
                    file.persist(directory.resolve(kind + "-durable"), PersistOption.DURABLE);
                    if (!Thread.interrupted()) {
                        throw new AssertionError("the interrupt is lost");
                    }
                }
            }
        }

        private Durable() {}
    }

    @ParameterizedTest
    @CsvSource({"atomic", "NAMED-durable", "NAMELESS-durable", "IN_MEMORY-durable"})
    @Behaviour(353)
    @Needs(Need.STRACE)
    void persist_durable_forcesTheFileThenRenamesThenForcesTheDirectory(String target) throws Exception {
        Path directory = directory("durable");
        Path trace = scratch.resolve("trace");
        ChildJvm.Result result = ChildJvm.of(Durable.class)
                .args(directory.toString())
                .wrap("strace", "-f", "-y", "-qq", "-o", trace.toString(), "-e", "trace=/^(f(data)?sync|rename.*)$")
                .run();
        assertThat(result.exitCode()).as(result.output()).isZero();
        List<String> calls = Files.readAllLines(trace).stream()
                .filter(line -> line.contains(directory.toString()))
                .toList();
        int renamed = -1;
        for (int i = 0; i < calls.size(); i++) {
            renamed = calls.get(i).contains(target + "\"") ? i : renamed;
        }
        assertThat(renamed).as(calls.toString()).isPositive();
        String renaming = calls.get(renamed);
        assertThat(renaming).contains("rename").doesNotContain("-1 E");
        assertThat(calls.get(renamed - 1)).containsPattern("fsync\\(\\d+<" + directory + "/[^>]+>.*\\) += 0");
        assertThat(calls.get(renamed + 1)).containsPattern("fsync\\(\\d+<" + directory + ">\\) += 0");
    }

    @Test
    @Behaviour(359)
    @Needs(Need.ROOT)
    void persist_keepTargetAttributesAsRoot_givesOwnerAndGroup() throws Exception {
        Path target = Files.writeString(scratch.resolve("target"), "old");
        Files.setAttribute(target, "unix:uid", 12_345);
        Files.setAttribute(target, "unix:gid", 23_456);
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rw-r-----"));
        AtomicFile.replace(target, file -> file.text().write("new"));
        assertThat(target).hasContent("new");
        assertThat(Files.getAttribute(target, "unix:uid")).isEqualTo(12_345);
        assertThat(Files.getAttribute(target, "unix:gid")).isEqualTo(23_456);
        assertThat((Integer) Files.getAttribute(target, "unix:mode") & 07777).isEqualTo(0640);
    }

    @Test
    @Behaviour(359)
    @Needs(Need.ROOT)
    void persist_keepTargetAttributesAndGroupNotPermitted_groupMayDoNoMoreThanOthers() throws Exception {
        Path directory = unprivilegedDirectory("shared", 0777);
        Path target = Files.writeString(directory.resolve("target"), "old");
        Files.setAttribute(target, "unix:gid", 23_456);
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rw-rw-r--"));
        ChildJvm.Result result = unprivileged(ChildJvm.of(ReplacingOnce.class))
                .args(target.toString())
                .run();
        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(target).hasContent("new");
        assertThat((Integer) Files.getAttribute(target, "unix:mode") & 07777).isEqualTo(0644);
        assertThat(Files.getAttribute(target, "unix:gid")).isEqualTo(Integer.valueOf(ChildJvm.UNPRIVILEGED));
    }

    /** Replaces one file. */
    static final class ReplacingOnce {
        public static void main(String[] arguments) throws IOException {
            AtomicFile.replace(Path.of(arguments[0]), file -> file.text().write("new"));
        }

        private ReplacingOnce() {}
    }
}

package io.tempfile4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The functions and factories without a directory: in {@code gettempdir()}. */
class TempfileTest {

    @Test
    @Behaviour({19, 21})
    void gettempdir_isOneExistingAbsoluteDirectory() throws IOException {
        Path directory = Tempfile.gettempdir();
        assertThat(directory).isAbsolute().isDirectory().isNormalized();
        assertThat(Tempfile.gettempdir()).isSameAs(directory);
        assertThat(TempSpace.system().directory()).isSameAs(directory);
        assertThat(TempSpace.system()).isSameAs(TempSpace.system());
        assertThat(TempSpace.builder().open().directory()).isEqualTo(directory);
    }

    @Test
    @Behaviour({31, 32})
    void gettempprefix_isTmpAndCanBeginAFileName() throws IOException {
        assertThat(Tempfile.gettempprefix()).isEqualTo("tmp");
        try (TemporaryDirectory directory = TemporaryDirectory.create()) {
            assertThat(Files.createFile(directory.resolve(Tempfile.gettempprefix() + "xxxxxx.xxx")))
                    .exists();
        }
    }

    @Test
    @Behaviour({78, 104})
    void mkstemp_noDirectory_isInGettempdir() throws IOException {
        MkstempResult plain = Tempfile.mkstemp();
        MkstempResult named = Tempfile.mkstemp("t4j-test", ".txt");
        try (plain;
                named) {
            assertThat(plain.path().getParent()).isEqualTo(Tempfile.gettempdir());
            assertThat(plain.path().getFileName().toString()).matches("tmp[a-z0-9]{12}");
            assertThat(named.path().getParent()).isEqualTo(Tempfile.gettempdir());
            assertThat(named.path().getFileName().toString()).matches("t4j-test[a-z0-9]{12}\\.txt");
        } finally {
            Files.delete(plain.path());
            Files.delete(named.path());
        }
    }

    @Test
    @Behaviour(110)
    void mkdtemp_noDirectory_isInGettempdir() throws IOException {
        Path plain = Tempfile.mkdtemp();
        Path named = Tempfile.mkdtemp("t4j-test", ".d");
        try {
            assertThat(plain).isEmptyDirectory().hasParent(Tempfile.gettempdir());
            assertThat(plain.getFileName().toString()).matches("tmp[a-z0-9]{12}");
            assertThat(named).isEmptyDirectory().hasParent(Tempfile.gettempdir());
            assertThat(named.getFileName().toString()).matches("t4j-test[a-z0-9]{12}\\.d");
        } finally {
            Files.delete(plain);
            Files.delete(named);
        }
    }

    @ParameterizedTest
    @CsvSource({"t4j-test,''", "'',.t4j-test", "t4j-test,.txt", "'',''"})
    @Behaviour(135)
    void create_anyPrefixAndSuffix_isInGettempdir(String prefix, String suffix) throws IOException {
        try (NamedTemporaryFile file = NamedTemporaryFile.create(prefix, suffix)) {
            assertThat(file.path()).isRegularFile().hasParent(Tempfile.gettempdir());
            assertThat(file.path().getFileName().toString())
                    .startsWith(prefix)
                    .endsWith(suffix)
                    .hasSize(prefix.length() + 12 + suffix.length());
        }
    }

    @Test
    @Behaviour(20)
    void create_noArguments_makesInGettempdirAndRemoves() throws IOException {
        Path filePath;
        Path directoryPath;
        try (NamedTemporaryFile file = NamedTemporaryFile.create();
                NamedTemporaryFile named = NamedTemporaryFile.create("t4j-test", ".txt");
                TemporaryDirectory directory = TemporaryDirectory.create();
                TemporaryDirectory namedDirectory = TemporaryDirectory.create("t4j-test", ".d")) {
            filePath = file.path();
            directoryPath = directory.path();
            assertThat(filePath).isRegularFile().hasParent(Tempfile.gettempdir());
            assertThat(directoryPath).isEmptyDirectory().hasParent(Tempfile.gettempdir());
            assertThat(named.path().getFileName().toString()).matches("t4j-test[a-z0-9]{12}\\.txt");
            assertThat(namedDirectory.path().getFileName().toString()).matches("t4j-test[a-z0-9]{12}\\.d");
        }
        assertThat(filePath).doesNotExist();
        assertThat(directoryPath).doesNotExist();
        try (TemporaryFile nameless = TemporaryFile.create();
                SpooledTemporaryFile spooled = SpooledTemporaryFile.create(10)) {
            nameless.write(1);
            spooled.rollover();
            assertThat(spooled.rolled()).isTrue();
        }
    }
}

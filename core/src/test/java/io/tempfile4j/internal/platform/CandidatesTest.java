package io.tempfile4j.internal.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tempfile4j.Behaviour;
import io.tempfile4j.Need;
import io.tempfile4j.Needs;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.AbstractListAssert;
import org.assertj.core.api.ObjectAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Group A: the candidates for the directory of temporary files, and their order on each system. */
class CandidatesTest {

    private final Map<String, String> properties = new HashMap<>();
    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void nameAll() {
        properties.put("tempfile4j.dir", "/ours");
        environment.put("TMPDIR", "/tmpdir");
        environment.put("TEMP", "/temp");
        environment.put("TMP", "/tmp-variable");
        properties.put("user.dir", "/here");
    }

    private List<LocationSearch.Candidate> candidates(Os os) {
        return new LocationSearch(properties::get, environment::get, os, Names.system()).candidates();
    }

    private AbstractListAssert<?, List<? extends String>, String, ObjectAssert<String>> assertValues(Os os) {
        return assertThat(candidates(os)).extracting(LocationSearch.Candidate::value);
    }

    @ParameterizedTest
    @CsvSource({"LINUX,/tmp", "LINUX,/tmp/", "LINUX,/var/tmp", "OTHER,/tmp", "OTHER,/var/tmp", "MACOS,/tmp"})
    @Behaviour({1, 2, 3, 4})
    @Needs(Need.NOT_WINDOWS)
    void candidates_tmpdirIsTheJdksDefault_environmentComesFirst(Os os, String jdk) {
        properties.put("java.io.tmpdir", jdk);
        List<LocationSearch.Candidate> candidates = candidates(os);
        assertThat(candidates)
                .extracting(
                        LocationSearch.Candidate::origin,
                        LocationSearch.Candidate::value,
                        LocationSearch.Candidate::asked)
                .startsWith(
                        tuple("tempfile4j.dir", "/ours", true),
                        tuple("TMPDIR", "/tmpdir", true),
                        tuple("TEMP", "/temp", true),
                        tuple("TMP", "/tmp-variable", true),
                        tuple("java.io.tmpdir", jdk, false))
                .endsWith(tuple("current directory", "/here", false));
        assertThat(candidates)
                .extracting(LocationSearch.Candidate::value)
                .containsSubsequence(List.of("/tmp", "/usr/tmp", "/here"))
                .containsSubsequence(List.of("/var/tmp", "/usr/tmp", "/here"))
                .doesNotHaveDuplicates();
    }

    @Test
    @Behaviour(4)
    @Needs(Need.NOT_WINDOWS)
    void candidates_builtInsOfUnix_comeInPythonsOrder() {
        properties.put("java.io.tmpdir", "/chosen");
        assertValues(Os.LINUX)
                .containsExactly(
                        "/ours",
                        "/chosen",
                        "/tmpdir",
                        "/temp",
                        "/tmp-variable",
                        "/tmp",
                        "/var/tmp",
                        "/usr/tmp",
                        "/here");
    }

    /** -Djava.io.tmpdir=… on the command line: more specific than what all programs share. */
    @ParameterizedTest
    @CsvSource({
        "LINUX,/chosen",
        "LINUX,/var/folders/x",
        "OTHER,/chosen",
        "MACOS,/chosen",
        "MACOS,/var/tmp",
        "WINDOWS,D:\\chosen"
    })
    @Behaviour(2)
    @Needs(Need.NOT_WINDOWS)
    void candidates_tmpdirWasChosen_comesBeforeTheEnvironment(Os os, String chosen) {
        properties.put("java.io.tmpdir", chosen);
        assertThat(candidates(os))
                .extracting(
                        LocationSearch.Candidate::origin,
                        LocationSearch.Candidate::value,
                        LocationSearch.Candidate::asked)
                .startsWith(
                        tuple("tempfile4j.dir", "/ours", true),
                        tuple("java.io.tmpdir", chosen, true),
                        tuple("TMPDIR", "/tmpdir", true));
    }

    /** Each user of macOS has a directory of his own, which the JDK takes from confstr(3). */
    @Test
    @Needs(Need.NOT_WINDOWS)
    void candidates_tmpdirOfMacUser_isADefault() {
        String own = "/var/folders/zz/zyxvpxvq6csfxvn_n0000000000000/T/";
        properties.put("java.io.tmpdir", own);
        assertValues(Os.MACOS)
                .containsExactly(
                        "/ours", "/tmpdir", "/temp", "/tmp-variable", own, "/tmp", "/var/tmp", "/usr/tmp", "/here");
    }

    /** GetTempPath takes TMP, TEMP or USERPROFILE, and ends it with a backslash. */
    @ParameterizedTest
    @ValueSource(strings = {"TMP", "TEMP", "USERPROFILE"})
    void candidates_tmpdirOfWindowsFromTheEnvironment_isADefault(String variable) {
        environment.put(variable, "C:\\Users\\Me\\Temp");
        properties.put("java.io.tmpdir", "C:\\USERS\\me\\Temp\\");
        assertThat(candidates(Os.WINDOWS))
                .extracting(LocationSearch.Candidate::origin)
                .startsWith("tempfile4j.dir", "TMPDIR", "TEMP", "TMP", "java.io.tmpdir");
    }

    @Test
    @Behaviour(4)
    void candidates_builtInsOfWindows_comeInPythonsOrder() {
        environment.clear();
        environment.put("SYSTEMROOT", "C:\\Windows");
        properties.put("user.home", "C:\\Users\\me");
        assertValues(Os.WINDOWS)
                .containsExactly(
                        "/ours",
                        "C:\\Users\\me\\AppData\\Local\\Temp",
                        "C:\\Windows\\Temp",
                        "c:\\temp",
                        "c:\\tmp",
                        "\\temp",
                        "\\tmp",
                        "/here");
    }

    @ParameterizedTest
    @EnumSource(Os.class)
    @Behaviour(5)
    void candidates_emptyValues_arePassedOver(Os os) {
        properties.put("tempfile4j.dir", "");
        properties.put("java.io.tmpdir", "");
        environment.replaceAll((variable, value) -> "");
        assertThat(candidates(os))
                .allMatch(candidate -> !candidate.value().isEmpty() && !candidate.asked())
                .last()
                .extracting(LocationSearch.Candidate::value)
                .isEqualTo("/here");
    }

    @ParameterizedTest
    @EnumSource(Os.class)
    @Behaviour(1)
    void candidates_nothingIsSet_theBuiltInOnesAreThere(Os os) {
        properties.clear();
        environment.clear();
        assertThat(candidates(os))
                .isNotEmpty()
                .extracting(LocationSearch.Candidate::origin)
                .containsOnly("built-in");
    }

    @Test
    void candidates_samePathTwice_isListedOnceAsWhatNamedItFirst() {
        environment.put("TMPDIR", "/tmp");
        properties.put("java.io.tmpdir", "/tmp");
        assertThat(candidates(Os.LINUX))
                .filteredOn(candidate -> candidate.value().equals("/tmp"))
                .singleElement()
                .isEqualTo(new LocationSearch.Candidate("TMPDIR", "/tmp", true));
    }

    @ParameterizedTest
    @EnumSource(Os.class)
    void candidates_tmpdirThatIsNoPath_isACandidateThatWillBeRefused(Os os) {
        properties.put("java.io.tmpdir", "nul\0character");
        assertValues(os).contains("nul\0character");
    }
}

package io.tempfile4j.cli;

import io.tempfile4j.internal.platform.EscapedText;
import io.tempfile4j.internal.platform.Location;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Where temporary files would go, why, and what is to be known of that place. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Tells where temporary files would go, and why; what there is to know of that directory; what removes old files"
                    + " there; and whether native calls and crash clean-up work. Gives advice. Changes nothing.",
            "It sees the environment in which it is called; a program with other variables or properties may differ."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:nothing is wrong",
            "1:something is: see the lines that begin with 'problem'",
            "2:called wrongly"
        })
final class Doctor implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(names = "--json", description = "print a JSON object: directory, candidates, findings, ok")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        List<Location.Verdict> candidates = Location.verdicts();
        Location.@Nullable Verdict chosen = candidates.stream()
                .filter(candidate -> candidate.objection() == null)
                .findFirst()
                .or(() -> candidates.stream()
                        .filter(candidate -> candidate.reason() == null)
                        .findFirst())
                .orElse(null);
        Path directory = chosen == null ? null : chosen.directory();
        List<Finding> findings = new ArrayList<>();
        findings.add(ofCandidates(candidates, chosen));
        if (directory != null) {
            findings.addAll(Place.examine(directory));
        }
        findings.add(Health.nativeAccess());
        findings.addAll(Health.crashCleanup());
        boolean ok = findings.stream().noneMatch(Finding::isProblem);
        if (json) {
            Map<String, @Nullable Object> object = new LinkedHashMap<>();
            object.put("directory", directory);
            object.put(
                    "candidates",
                    candidates.stream()
                            .map(candidate -> json(candidate, candidate.equals(chosen)))
                            .toList());
            object.put("findings", findings.stream().map(Finding::json).toList());
            object.put("ok", ok);
            Json.print(object);
        } else {
            print(candidates, chosen, findings);
        }
        return ok ? 0 : 1;
    }

    private void print(List<Location.Verdict> candidates, Location.@Nullable Verdict chosen, List<Finding> findings) {
        PrintWriter out = spec.commandLine().getOut();
        for (Location.Verdict candidate : candidates) {
            out.printf(
                    "%-8s %-18s %s%s%n",
                    candidate.equals(chosen) ? "chosen" : candidate.reason() == null ? "would do" : "refused",
                    candidate.origin(),
                    EscapedText.ofName(candidate.value()),
                    candidate.objection() == null ? "" : "  " + EscapedText.ofMessage(candidate.objection()));
        }
        out.println();
        findings.forEach(finding -> out.println(finding.lines()));
        out.flush();
    }

    private static Finding ofCandidates(List<Location.Verdict> candidates, Location.@Nullable Verdict chosen) {
        if (chosen == null) {
            return Finding.problem(
                    "directory",
                    "no candidate serves: nothing temporary can be made",
                    "set TMPDIR to a directory that you can write to");
        }
        for (Location.Verdict candidate : candidates.subList(0, candidates.indexOf(chosen))) {
            if (candidate.asked()) {
                return Finding.problem(
                        "directory",
                        chosen.directory() + ", since " + candidate.origin() + " is not used: " + candidate.objection(),
                        "fix " + candidate.value() + ", or set " + candidate.origin() + " to another directory");
            }
        }
        return Finding.ok("directory", chosen.directory() + ", by " + chosen.origin());
    }

    private static Map<String, @Nullable Object> json(Location.Verdict candidate, boolean chosen) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("origin", candidate.origin());
        json.put("value", candidate.value());
        json.put("usable", candidate.reason() == null);
        json.put("chosen", chosen);
        json.put("reason", candidate.reason());
        json.put("exposure", candidate.exposure().isEmpty() ? null : candidate.exposure());
        return json;
    }
}

package io.tempfile4j.benchmarks.turns;

import io.tempfile4j.benchmarks.ByteBenchmark;
import io.tempfile4j.benchmarks.CreateBenchmark;
import io.tempfile4j.benchmarks.SequentialBenchmark;
import io.tempfile4j.benchmarks.SpooledBenchmark;
import io.tempfile4j.benchmarks.TextBenchmark;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Reading and writing: what JMH measures, for the compilers decide about it. Its forks take turns: in each round every
 * method has one.
 */
record ContentChapter(Plan plan) {

    static final String SECTION = "Read and write";

    /** A question: the methods that answer it, and for whom. */
    private record Question(
            Class<?> benchmark,
            String label,
            String unit,
            Map<String, Contestant> methods,
            Map<String, String> parameters) {}

    List<Row> rows() throws RunnerException {
        Map<Question, Map<Contestant, List<Double>>> taken = new LinkedHashMap<>();
        List<Question> questions = questions();
        for (int round = 0; round < (plan.quick() ? 1 : 2); round++) {
            for (Question question : questions) {
                for (Map.Entry<String, Contestant> method : question.methods().entrySet()) {
                    taken.computeIfAbsent(question, all -> new LinkedHashMap<>())
                            .computeIfAbsent(method.getValue(), all -> new ArrayList<>())
                            .add(measure(question, method.getKey(), method.getValue()));
                }
            }
            Bench.say("  round " + (round + 1));
        }
        List<Row> rows = new ArrayList<>();
        taken.forEach((question, scores) -> {
            List<Row.Cell> cells = new ArrayList<>();
            scores.forEach((who, turns) -> cells.add(new Row.Cell(who.toString(), turns)));
            String parent = question.parameters().get("parent");
            String place = parent == null ? "" : Plan.nameOf(Path.of(parent));
            rows.add(new Row(SECTION, question.label(), place, question.unit(), cells));
        });
        return rows;
    }

    private double measure(Question question, String method, Contestant who) throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(Pattern.quote(question.benchmark().getName() + "." + method) + "$")
                .verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true)
                .forks(1)
                .warmupIterations(plan.quick() ? 2 : 3)
                .warmupTime(TimeValue.milliseconds(500))
                .measurementIterations(plan.quick() ? 2 : 4)
                .measurementTime(TimeValue.milliseconds(400));
        question.parameters().forEach((name, value) -> options.param(name, value));
        if (who == Contestant.NATIVE || who == Contestant.PORTABLE) {
            options.jvmArgsAppend(
                    "--enable-native-access=ALL-UNNAMED",
                    "-Dtempfile4j.backend=" + (who == Contestant.NATIVE ? "native" : "portable"));
        }
        return new Runner(options.build()).runSingle().getPrimaryResult().getScore();
    }

    private List<Question> questions() {
        Contestant ours =
                plan.peers().absent().containsKey(Contestant.NATIVE) ? Contestant.PORTABLE : Contestant.NATIVE;
        List<Question> questions = new ArrayList<>();
        questions.add(new Question(
                ByteBenchmark.class,
                "write a byte",
                "ns",
                ordered("write", ours, "writeJdk", Contestant.JDK),
                Map.of()));
        questions.add(new Question(
                ByteBenchmark.class, "read a byte", "ns", ordered("read", ours, "readJdk", Contestant.JDK), Map.of()));
        questions.add(new Question(
                TextBenchmark.class,
                "write a line",
                "ns",
                ordered("write", ours, "writeJdk", Contestant.JDK),
                Map.of()));
        questions.add(new Question(
                TextBenchmark.class, "read a line", "ns", ordered("read", ours, "readJdk", Contestant.JDK), Map.of()));
        for (Path place : plan.places()) {
            questions.add(new Question(
                    SequentialBenchmark.class,
                    "write 64 MiB, 64 KiB at a time",
                    "ms",
                    ordered("outputStream", ours, "jdkHeapBuffer", Contestant.JDK),
                    Map.of("parent", place.toString())));
        }
        for (int size : new int[] {100, 1 << 10, 1 << 16, 1 << 20, 1 << 26}) {
            Map<String, Contestant> methods =
                    ordered("spooledTemporaryFile", ours, "guavaFileBackedOutputStream", Contestant.GUAVA);
            methods.put("commonsDeferredFileOutputStream", Contestant.COMMONS);
            methods.put("guavaOnAList", Contestant.BY_HAND);
            questions.add(new Question(
                    SpooledBenchmark.class,
                    String.format("spool %,d bytes and read them", size),
                    "µs",
                    methods,
                    Map.of("size", Integer.toString(size))));
        }
        for (Path place : plan.places()) {
            questions.add(new Question(
                    CreateBenchmark.class,
                    "create and close a named file, by JMH",
                    "µs",
                    ordered("named", ours, "jdkCreateOpenCloseDelete", Contestant.JDK),
                    Map.of("parent", place.toString(), "backend", "auto")));
        }
        return questions;
    }

    private static Map<String, Contestant> ordered(String ours, Contestant us, String theirs, Contestant them) {
        Map<String, Contestant> methods = new LinkedHashMap<>();
        methods.put(ours, us);
        methods.put(theirs, them);
        return methods;
    }
}

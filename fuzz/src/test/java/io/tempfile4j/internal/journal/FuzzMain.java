package io.tempfile4j.internal.journal;

import com.code_intelligence.jazzer.Jazzer;
import java.nio.file.Files;
import java.nio.file.Path;

/** Runs Jazzer on a target for some seconds; fails with what it finds. Arguments: target, seconds, directory for finds, corpus. */
final class FuzzMain {

    private FuzzMain() {}

    /** Starts the fuzzer. */
    public static void main(String[] args) throws Exception {
        Path found = Files.createDirectories(Path.of(args[2], args[0]));
        Path kept = Path.of(args[3], args[0]);
        boolean merge = args.length > 4 && args[4].equals("merge");
        Jazzer.main(new String[] {
            "--target_class=" + of(args[0]),
            "--instrumentation_includes=" + of("**"),
            // What paths these tests take through themselves is of no interest.
            "--instrumentation_excludes="
                    + String.join(
                            ":",
                            of("FormatOne**"),
                            of("FormatTwo**"),
                            of("FoundEntry**"),
                            of("JournalHeader**"),
                            of("Slots**"),
                            of("SparseBytes**"),
                            of("MemoryChannel**")),
            // Its detectors are about servers: here each path that is opened would be a find.
            "--custom_hook_excludes=**",
            "--reproducer_path=" + args[2],
            "-artifact_prefix=" + args[2] + "/" + args[0] + "-",
            "-max_len=4096",
            "-timeout=20",
            "-rss_limit_mb=3000",
            "-print_final_stats=1",
            // A line for each input that covers more is for those who wait for it.
            "-verbosity=" + (Integer.parseInt(args[1]) < 60 ? 0 : 1),
            merge ? "-merge=1" : "-max_total_time=" + args[1],
            merge ? kept.toString() : found.toString(),
            merge ? found.toString() : kept.toString()
        });
    }

    private static String of(String classes) {
        return FuzzMain.class.getPackageName() + "." + classes;
    }
}

package io.tempfile4j.cli;

import io.tempfile4j.internal.journal.Inventory;
import io.tempfile4j.internal.journal.Orphans;
import io.tempfile4j.internal.journal.Reaper;
import io.tempfile4j.internal.platform.EscapedText;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What each process that makes something does in the background, done now, with a report. */
@Command(
        name = "reap",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Removes what processes of this user have left that are dead. What is alive, and whatever cannot be told for"
                    + " certain to be what was made, stays.",
            "Each program that uses the library does so in the background anyway."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:nothing is left", "1:something could not be removed, or not be read", "2:called wrongly"})
final class Reap implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(
            names = {"-n", "--dry-run"},
            description = "remove nothing, merely list what would be removed")
    private boolean dryRun;

    @Option(
            names = "--forget",
            description = {
                "also take off the record what cannot be seen from here, or cannot be told to be what was made; its files"
                        + " stay where they are, and are not removed by any later process"
            })
    private boolean forget;

    @Option(
            names = "--json",
            description = "print a JSON object: removed, remaining, undecided, forgotten and unreadable")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        Warnings.includeReaper();
        return dryRun ? dryRun() : reap();
    }

    private int dryRun() throws IOException {
        Inventory inventory = Inventory.take();
        List<Inventory.Item> orphans = orphans(inventory);
        List<Inventory.Item> removable =
                orphans.stream().filter(item -> item.doubt() == null).toList();
        List<Inventory.Item> doubtful = orphans.stream()
                .filter(item -> item.doubt() != null && !item.undecided())
                .toList();
        List<Inventory.Item> undecided =
                orphans.stream().filter(Inventory.Item::undecided).toList();
        String kept = forget ? "would forget " : "would keep ";
        if (json) {
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("dryRun", true);
            object.put("removed", removable.stream().map(Inventory.Item::path).toList());
            object.put("removedCount", removable.size());
            object.put("remaining", reasons(doubtful));
            object.put("remainingCount", doubtful.size());
            object.put("undecided", reasons(undecided));
            object.put("undecidedCount", undecided.size());
            object.put("unreadable", Ls.reasons(inventory.unreadable()));
            Json.print(object);
        } else {
            PrintWriter out = spec.commandLine().getOut();
            removable.forEach(item -> out.println("would remove " + EscapedText.ofName(item.path())));
            doubtful.forEach(item -> out.println(kept + describe(item)));
            undecided.forEach(item -> out.println(kept + describe(item)));
            out.println(removable.size() + " would be removed");
            out.flush();
        }
        return 0;
    }

    private static List<Map<String, Object>> reasons(List<Inventory.Item> items) {
        return items.stream()
                .map(item -> Ls.reason(item.path(), String.valueOf(item.doubt())))
                .toList();
    }

    private int reap() throws IOException {
        Orphans orphans;
        if (Terminal.ERROR.isTerminal()) {
            try (Progress progress = new Progress(orphans(Inventory.take()).size())) {
                orphans = Reaper.reap(progress::next, forget);
            }
        } else {
            orphans = Reaper.reap(path -> {}, forget);
        }
        if (json) {
            print(orphans);
        } else {
            PrintWriter out = spec.commandLine().getOut();
            orphans.removed().forEach(path -> out.println("removed " + EscapedText.ofName(path)));
            orphans.forgotten()
                    .forEach(entry -> out.println(
                            "forgot " + EscapedText.ofName(entry.path()) + ": " + Failures.text(entry.cause())));
            out.println(orphans.removedCount() + " removed"
                    + count(orphans.remainingCount(), "remain")
                    + count(orphans.undecidedCount(), "cannot be seen from here (--forget gives them up)")
                    + count(orphans.forgottenCount(), "forgotten"));
            out.flush();
            for (Orphans.Remaining remaining : orphans.remaining()) {
                Failures.print(
                        spec.commandLine(),
                        "remains " + EscapedText.ofName(remaining.path()) + ": " + Failures.text(remaining.cause()));
            }
            for (Orphans.Remaining entry : orphans.undecided()) {
                Failures.print(
                        spec.commandLine(),
                        "undecided " + EscapedText.ofName(entry.path()) + ": " + Failures.text(entry.cause()));
            }
            for (Orphans.Remaining journal : orphans.unreadable()) {
                Failures.print(
                        spec.commandLine(),
                        "skipped " + EscapedText.ofName(journal.path()) + ": " + Failures.text(journal.cause()));
            }
        }
        boolean nothingIsLeft = orphans.remainingCount() == 0 && orphans.undecidedCount() == 0;
        return nothingIsLeft && orphans.unreadable().isEmpty() ? 0 : 1;
    }

    private static String describe(Inventory.Item item) {
        return EscapedText.ofName(item.path()) + ": " + EscapedText.ofMessage(String.valueOf(item.doubt()));
    }

    private static String count(long count, String what) {
        return count == 0 ? "" : ", " + count + " " + what;
    }

    private static void print(Orphans orphans) throws IOException {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put("dryRun", false);
        object.put("removed", orphans.removed());
        object.put("removedCount", orphans.removedCount());
        object.put("remaining", Ls.reasons(orphans.remaining()));
        object.put("remainingCount", orphans.remainingCount());
        object.put("undecided", Ls.reasons(orphans.undecided()));
        object.put("undecidedCount", orphans.undecidedCount());
        object.put("forgotten", Ls.reasons(orphans.forgotten()));
        object.put("forgottenCount", orphans.forgottenCount());
        object.put("unreadable", Ls.reasons(orphans.unreadable()));
        Json.print(object);
    }

    private static List<Inventory.Item> orphans(Inventory inventory) {
        return inventory.owners().stream()
                .filter(owner -> !owner.alive())
                .flatMap(owner -> owner.items().stream())
                .toList();
    }
}

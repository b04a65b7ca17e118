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

    @Option(names = "--json", description = "print a JSON object: removed, remaining and unreadable")
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
        List<Inventory.Item> doubtful =
                orphans.stream().filter(item -> item.doubt() != null).toList();
        if (json) {
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("dryRun", true);
            object.put("removed", removable.stream().map(Inventory.Item::path).toList());
            object.put("removedCount", removable.size());
            object.put(
                    "remaining",
                    doubtful.stream()
                            .map(item -> Ls.reason(item.path(), String.valueOf(item.doubt())))
                            .toList());
            object.put("remainingCount", doubtful.size());
            object.put("unreadable", Ls.reasons(inventory.unreadable()));
            Json.print(object);
        } else {
            PrintWriter out = spec.commandLine().getOut();
            removable.forEach(item -> out.println("would remove " + EscapedText.ofName(item.path())));
            doubtful.forEach(item -> out.println("would keep " + EscapedText.ofName(item.path()) + ": "
                    + EscapedText.ofMessage(String.valueOf(item.doubt()))));
            out.println(removable.size() + " would be removed");
            out.flush();
        }
        return 0;
    }

    private int reap() throws IOException {
        Orphans orphans;
        if (Terminal.ERROR.isTerminal()) {
            try (Progress progress = new Progress(orphans(Inventory.take()).size())) {
                orphans = Reaper.reap(progress::next);
            }
        } else {
            orphans = Reaper.reap();
        }
        if (json) {
            print(orphans);
        } else {
            PrintWriter out = spec.commandLine().getOut();
            orphans.removed().forEach(path -> out.println("removed " + EscapedText.ofName(path)));
            out.println(orphans.removedCount() + " removed"
                    + (orphans.remainingCount() == 0 ? "" : ", " + orphans.remainingCount() + " remain"));
            out.flush();
            for (Orphans.Remaining remaining : orphans.remaining()) {
                Failures.print(
                        spec.commandLine(),
                        "remains " + EscapedText.ofName(remaining.path()) + ": " + Failures.text(remaining.cause()));
            }
            for (Orphans.Remaining journal : orphans.unreadable()) {
                Failures.print(
                        spec.commandLine(),
                        "skipped " + EscapedText.ofName(journal.path()) + ": " + Failures.text(journal.cause()));
            }
        }
        return orphans.remainingCount() == 0 && orphans.unreadable().isEmpty() ? 0 : 1;
    }

    private static void print(Orphans orphans) throws IOException {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put("dryRun", false);
        object.put("removed", orphans.removed());
        object.put("removedCount", orphans.removedCount());
        object.put("remaining", Ls.reasons(orphans.remaining()));
        object.put("remainingCount", orphans.remainingCount());
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

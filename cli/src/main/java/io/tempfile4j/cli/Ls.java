package io.tempfile4j.cli;

import static io.tempfile4j.cli.Terminal.OUTPUT;

import io.tempfile4j.cli.Terminal.Colour;
import io.tempfile4j.internal.journal.Inventory;
import io.tempfile4j.internal.journal.Orphans;
import io.tempfile4j.internal.platform.EscapedText;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What is on record. */
@Command(
        name = "ls",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:it was done", "1:it failed", "2:it was called wrongly"},
        description = {
            "Lists what processes of this user have made with the library and not yet removed, by process: what is alive,"
                    + " and what is orphaned, because its process was killed.",
            "Files without a name are not listed: nothing of them outlives their process."
        })
final class Ls implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(names = "--json", description = "print a JSON object: processes, their items, and what could not be read")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        Inventory inventory = Inventory.take();
        List<Inventory.Owner> owners = new ArrayList<>(inventory.owners());
        owners.sort(Comparator.comparing(Inventory.Owner::alive)
                .reversed()
                .thenComparingLong(Inventory.Owner::startedMillis));
        if (json) {
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("processes", owners.stream().map(Ls::json).toList());
            object.put("unreadable", reasons(inventory.unreadable()));
            Json.print(object);
        } else {
            print(owners);
            for (Orphans.Remaining journal : inventory.unreadable()) {
                Failures.print(
                        spec.commandLine(),
                        "skipped " + EscapedText.ofName(journal.path()) + ": " + Failures.text(journal.cause()));
            }
        }
        return 0;
    }

    private void print(List<Inventory.Owner> owners) {
        PrintWriter out = spec.commandLine().getOut();
        int alive = 0;
        int orphaned = 0;
        int undecided = 0;
        long now = System.currentTimeMillis();
        for (Inventory.Owner owner : owners) {
            if (owner.items().isEmpty()) {
                continue;
            }
            print(out, owner, now);
            if (owner.alive()) {
                alive += owner.items().size();
            } else {
                for (Inventory.Item item : owner.items()) {
                    undecided += item.undecided() ? 1 : 0;
                    orphaned += item.undecided() ? 0 : 1;
                }
            }
        }
        out.println(alive + " alive, " + orphaned + " orphaned"
                + (orphaned == 0 ? "" : " (tempfile4j reap removes what is orphaned)")
                + (undecided == 0
                        ? ""
                        : ", " + undecided + " cannot be seen from here (tempfile4j reap --forget gives them up)"));
        out.flush();
    }

    private static void print(PrintWriter out, Inventory.Owner owner, long now) {
        String state = owner.alive() ? OUTPUT.paint(Colour.GOOD, "alive") : OUTPUT.paint(Colour.NOTE, "orphaned");
        String program = owner.program().isEmpty() ? "(no name)" : EscapedText.ofName(owner.program());
        Duration age = Duration.ofMillis(now - owner.startedMillis());
        out.println(OUTPUT.paint(Colour.STRONG, owner.pid() + " " + program) + "  " + state + ", first use "
                + Units.age(age) + " ago");
        for (Inventory.Item item : owner.items()) {
            Extent extent = Extent.of(item.path());
            String made =
                    extent.made() == null ? "?" : Units.age(Duration.between(extent.made(), Instant.ofEpochMilli(now)));
            out.printf(
                    "  %8s  %10s  %s%s%s%n",
                    made,
                    Units.bytes(extent.bytes()),
                    EscapedText.ofName(item.path()),
                    item.directory() ? "/" : "",
                    item.doubt() == null ? "" : "  (is not removed: " + EscapedText.ofMessage(item.doubt()) + ")");
        }
    }

    private static Map<String, @Nullable Object> json(Inventory.Owner owner) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put("pid", owner.pid());
        object.put("program", owner.program());
        object.put("alive", owner.alive());
        object.put("since", Instant.ofEpochMilli(owner.startedMillis()));
        object.put("journal", owner.journal());
        object.put("items", owner.items().stream().map(Ls::json).toList());
        return object;
    }

    private static Map<String, @Nullable Object> json(Inventory.Item item) {
        Extent extent = Extent.of(item.path());
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put("path", item.path());
        object.put("kind", item.directory() ? "directory" : "file");
        object.put("bytes", extent.bytes());
        object.put("made", extent.made());
        object.put("doubt", item.doubt());
        object.put("undecided", item.undecided());
        return object;
    }

    /** What is left where it is, and why; {@code reap} says it in the same words. */
    static List<Map<String, Object>> reasons(List<Orphans.Remaining> list) {
        return list.stream()
                .map(remaining -> reason(remaining.path(), Failures.text(remaining.cause())))
                .toList();
    }

    static Map<String, Object> reason(Path path, String reason) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("path", path);
        object.put("reason", reason);
        return object;
    }
}

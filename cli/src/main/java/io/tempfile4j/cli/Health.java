package io.tempfile4j.cli;

import io.tempfile4j.internal.journal.Inventory;
import io.tempfile4j.internal.journal.Orphans;
import io.tempfile4j.internal.platform.Platform;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What the doctor says of the library itself. */
final class Health {

    private Health() {}

    /** This program's JAR grants it to itself; another program has to. */
    static Finding nativeAccess() {
        String why = Platform.whyNotNative();
        String java = "Java " + Runtime.version().feature();
        return why.isEmpty()
                ? Finding.ok(
                        "native-access",
                        java + ": works here; your program needs --enable-native-access=ALL-UNNAMED for it")
                : Finding.note(
                        "native-access", java + ": not used, " + why, "all works without; some of it less exactly");
    }

    static List<Finding> crashCleanup() throws IOException {
        List<Finding> findings = new ArrayList<>();
        if (Inventory.isOff()) {
            findings.add(Finding.note(
                    "crash-cleanup",
                    "off: tempfile4j.journal=off",
                    "what a killed process leaves stays; leave the property out to have it removed"));
            return findings;
        }
        Inventory inventory = Inventory.take();
        boolean kept = journals(inventory.places(), findings);
        if (kept) {
            orphans(inventory.owners(), findings);
            damaged(inventory.unreadable(), findings);
        }
        return findings;
    }

    /** Whether there is a directory for them. */
    private static boolean journals(List<Inventory.Place> places, List<Finding> findings) {
        Inventory.Place used = null;
        StringBuilder refused = new StringBuilder();
        for (Inventory.Place place : places) {
            if (place.refused() == null && used == null) {
                used = place;
            }
            if (place.refused() != null) {
                refused.append(refused.isEmpty() ? "" : "; ").append(place.refused());
            }
        }
        if (used == null) {
            findings.add(Finding.problem(
                    "crash-cleanup",
                    "no directory for journals: " + refused,
                    "-Dtempfile4j.journal=DIR names one of your own that outlives a restart"));
            return false;
        }
        findings.add(Finding.ok(
                "crash-cleanup",
                "journals in " + used.path() + (used.there() ? "" : ", which the first program makes")));
        if (!refused.isEmpty()) {
            findings.add(Finding.note("journals", "not used: " + refused, null));
        }
        return true;
    }

    private static void orphans(List<Inventory.Owner> owners, List<Finding> findings) {
        long orphans = owners.stream()
                .filter(owner -> !owner.alive())
                .mapToLong(owner -> owner.items().size())
                .sum();
        findings.add(
                orphans == 0
                        ? Finding.ok("orphans", "none")
                        : Finding.note("orphans", orphans + " left by dead processes", "tempfile4j reap removes them"));
    }

    private static void damaged(List<Orphans.Remaining> unreadable, List<Finding> findings) {
        long damaged = unreadable.stream()
                .filter(journal -> journal.path().toString().endsWith(".journal"))
                .count();
        if (damaged > 0) {
            findings.add(Finding.problem(
                    "journals",
                    damaged + " cannot be read",
                    "tempfile4j ls names them; remove those of programs that have ended"));
        }
    }
}

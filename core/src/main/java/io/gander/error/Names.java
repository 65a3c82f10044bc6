package io.gander.error;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Finds what a user probably meant. */
public final class Names {
    private Names() {}

    /**
     * " Did you mean 'steps'?" for a name that resembles a known one, else " Known: a, b, c."
     *
     * @param wrong the name that is not known
     * @param known the names that are
     */
    public static String hint(String wrong, Collection<String> known) {
        List<String> near = known.stream()
                .filter(k -> near(wrong, k))
                .sorted(Comparator.comparingInt(k -> distance(wrong, k)))
                .limit(3)
                .toList();
        if (near.isEmpty()) {
            return " Known: " + String.join(", ", known) + ".";
        }
        return near.stream().map(n -> "'" + n + "'").collect(Collectors.joining(" or ", " Did you mean ", "?"));
    }

    /** Whether one name was probably meant to be the other. */
    public static boolean near(String wrong, String known) {
        return distance(wrong, known) <= Math.max(2, wrong.length() / 3) || resembles(wrong, known);
    }

    private static boolean resembles(String wrong, String known) {
        return wrong.length() >= 3 && (known.startsWith(wrong) || wrong.startsWith(known));
    }

    /** Levenshtein's edit distance, ignoring case. */
    static int distance(String first, String second) {
        String a = first.toLowerCase(Locale.ROOT);
        String b = second.toLowerCase(Locale.ROOT);
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int above = row[j];
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(Math.min(row[j] + 1, row[j - 1] + 1), diagonal + change);
                diagonal = above;
            }
        }
        return row[b.length()];
    }
}

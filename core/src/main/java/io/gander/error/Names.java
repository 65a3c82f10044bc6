package io.gander.error;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
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
        return hint(wrong, known, UnaryOperator.identity());
    }

    /**
     * The same for names that are a part of what has to be written.
     *
     * @param whole makes that of a name, such as train.steps of steps
     */
    public static String hint(String wrong, Collection<String> known, UnaryOperator<String> whole) {
        List<String> near = known.stream()
                .filter(k -> near(wrong, k))
                .sorted(Comparator.comparingInt(k -> distance(wrong, k)))
                .limit(3)
                .toList();
        if (near.isEmpty()) {
            return " Known: " + String.join(", ", known) + ".";
        }
        return meant(near.stream().map(whole).toList());
    }

    /** " Did you mean 'steps' or 'step'?" */
    public static String meant(List<String> names) {
        return names.stream().map(n -> "'" + n + "'").collect(Collectors.joining(" or ", " Did you mean ", "?"));
    }

    /** Whether one name was probably meant to be the other. */
    public static boolean near(String wrong, String known) {
        int edits = distance(wrong, known);
        boolean sameStart = wrong.regionMatches(true, 0, known, 0, 1);
        int most = wrong.length() <= 3 || !sameStart ? 1 : Math.max(2, wrong.length() / 3);
        return edits <= most || resembles(wrong, known);
    }

    private static boolean resembles(String wrong, String known) {
        return wrong.length() >= 3 && (known.startsWith(wrong) || wrong.startsWith(known));
    }

    /** Edit distance with neighbouring letters swapped as one edit (optimal string alignment), ignoring case. */
    static int distance(String first, String second) {
        String a = first.toLowerCase(Locale.ROOT);
        String b = second.toLowerCase(Locale.ROOT);
        int[][] edits = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    edits[i][j] = i + j;
                    continue;
                }
                int change = edits[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                edits[i][j] = Math.min(change, 1 + Math.min(edits[i - 1][j], edits[i][j - 1]));
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (swapped) {
                    edits[i][j] = Math.min(edits[i][j], 1 + edits[i - 2][j - 2]);
                }
            }
        }
        return edits[a.length()][b.length()];
    }
}

package io.gander.image;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/** Pictures of one size together in one: in rows with a gap between them, or without one side by side. */
public final class Sheet {
    private static final int GAP = 2;

    private Sheet() {}

    /**
     * All pictures in rows.
     *
     * @param columns pictures a row; 0 for as many as make the sheet close to a square
     */
    public static BufferedImage of(List<BufferedImage> pictures, int columns) {
        BufferedImage first = pictures.get(0);
        int width = first.getWidth();
        int height = first.getHeight();
        int count = pictures.size();
        int square = (int) Math.ceil(Math.sqrt((double) count * height / width));
        int across = columns > 0 ? columns : Math.min(count, square);
        int down = (count + across - 1) / across;
        BufferedImage sheet =
                new BufferedImage(across * (width + GAP) + GAP, down * (height + GAP) + GAP, first.getType());
        for (int i = 0; i < count; i++) {
            put(pictures.get(i), sheet, GAP + i % across * (width + GAP), GAP + i / across * (height + GAP));
        }
        return sheet;
    }

    /** Number i of every column, from left to right, as one picture. */
    public static List<BufferedImage> sideBySide(List<List<BufferedImage>> columns) {
        if (columns.size() == 1) {
            return columns.get(0);
        }
        int rows = columns.stream().mapToInt(List::size).min().orElse(0);
        List<BufferedImage> joined = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            BufferedImage first = columns.get(0).get(i);
            int width = first.getWidth();
            BufferedImage row = new BufferedImage(width * columns.size(), first.getHeight(), first.getType());
            for (int column = 0; column < columns.size(); column++) {
                put(columns.get(column).get(i), row, column * width, 0);
            }
            joined.add(row);
        }
        return joined;
    }

    /** By its numbers: a grey picture that is drawn would be taken for another brightness. */
    private static void put(BufferedImage picture, BufferedImage sheet, int x, int y) {
        if (picture.getType() == sheet.getType()) {
            sheet.getRaster().setDataElements(x, y, picture.getRaster()); // several times as fast
        } else {
            sheet.getRaster().setRect(x, y, picture.getRaster());
        }
    }
}

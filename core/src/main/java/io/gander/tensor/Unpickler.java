package io.gander.tensor;

import static io.gander.tensor.StateObjects.as;

import io.gander.tensor.StateObjects.Refusal;
import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * Reads Python's pickles, as far as a PyTorch state dict needs them. A pickle is a program: this machine knows the
 * instructions that build numbers, texts, lists and dictionaries, and the few names in {@link StateObjects}; it calls nothing that
 * a file names, and refuses all else. Specification: Python's pickletools, protocol 2.
 */
final class Unpickler {
    private final ByteBuffer in;
    private final ArrayDeque<Object> stack = new ArrayDeque<>();
    private final Map<Integer, Object> memo = new HashMap<>();

    /** Things of Python's that Java has no class for. */
    private enum Special {
        NONE,
        MARK
    }

    private Unpickler(ByteBuffer in) {
        this.in = in;
    }

    /**
     * The object of the next pickle: a Map, a List, a String, a BigInteger, a Boolean, or one of {@link StateObjects}.
     *
     * @throws Refusal if it holds anything else
     * @throws BufferUnderflowException if it is cut short
     */
    static Object next(ByteBuffer in) {
        Unpickler machine = new Unpickler(in.order(ByteOrder.LITTLE_ENDIAN));
        try {
            for (int code = in.get() & 255; code != '.'; code = in.get() & 255) {
                machine.execute(code);
            }
            return machine.stack.pop();
        } catch (NoSuchElementException e) {
            throw new Refusal("its pickle takes what it has not made");
        }
    }

    private void execute(int code) {
        switch (code) {
            case 0x80 -> in.get(); // the protocol
            case '(' -> stack.push(Special.MARK);
            case ')' -> stack.push(List.of());
            case ']' -> stack.push(new ArrayList<>());
            case '}' -> stack.push(new LinkedHashMap<>());
            case 't' -> stack.push(sinceMark());
            case 0x85, 0x86, 0x87 -> stack.push(last(code - 0x84));
            case 'q' -> memo.put(in.get() & 255, stack.element());
            case 'r' -> memo.put(in.getInt(), stack.element());
            case 'h' -> stack.push(recall(in.get() & 255));
            case 'j' -> stack.push(recall(in.getInt()));
            case 's' -> put(last(2));
            case 'u' -> put(sinceMark());
            case 'a' -> append(last(1));
            case 'e' -> append(sinceMark());
            case 'c' -> stack.push(new StateObjects.Global(line() + "." + line()));
            case 'R', 0x81 -> call(last(2));
            case 'b' -> build(stack.pop());
            case 'Q' -> stack.push(StateObjects.storage(as(List.class, stack.pop())));
            default -> stack.push(scalar(code));
        }
    }

    private Object scalar(int code) {
        return switch (code) {
            case 'N' -> Special.NONE;
            case 0x88 -> true;
            case 0x89 -> false;
            case 'K' -> BigInteger.valueOf(in.get() & 255);
            case 'M' -> BigInteger.valueOf(in.getShort() & 0xffff);
            case 'J' -> BigInteger.valueOf(in.getInt());
            case 0x8a -> longInteger(in.get() & 255);
            case 'X' -> text(in.getInt(), StandardCharsets.UTF_8);
            case 'T' -> text(in.getInt(), StandardCharsets.ISO_8859_1);
            case 'U' -> text(in.get() & 255, StandardCharsets.ISO_8859_1);
            default ->
                throw new Refusal("its pickle has the instruction 0x" + Integer.toHexString(code)
                        + ", which no state dict needs");
        };
    }

    private byte[] bytes(int length) {
        if (length < 0 || length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    private BigInteger longInteger(int length) {
        byte[] bytes = bytes(length);
        byte[] reversed = new byte[length + 1]; // one more, so that none is 0
        reversed[0] = (byte) (length > 0 && bytes[length - 1] < 0 ? -1 : 0);
        for (int i = 0; i < length; i++) {
            reversed[length - i] = bytes[i];
        }
        return new BigInteger(reversed);
    }

    private String text(int length, Charset charset) {
        return new String(bytes(length), charset);
    }

    private String line() {
        StringBuilder line = new StringBuilder();
        for (char c = (char) (in.get() & 255); c != '\n'; c = (char) (in.get() & 255)) {
            line.append(c);
        }
        return line.toString();
    }

    private Object recall(int place) {
        Object known = memo.get(place);
        if (known == null) {
            throw new Refusal("its pickle takes what it has not made");
        }
        return known;
    }

    private List<Object> last(int count) {
        List<Object> items = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            items.add(0, stack.pop());
        }
        return items;
    }

    private List<Object> sinceMark() {
        List<Object> items = new ArrayList<>();
        for (Object item = stack.pop(); item != Special.MARK; item = stack.pop()) {
            items.add(item);
        }
        Collections.reverse(items);
        return items;
    }

    @SuppressWarnings("unchecked") // only execute() makes maps and lists, all of them of objects
    private void put(List<Object> items) {
        Map<Object, Object> map = as(Map.class, stack.element());
        for (int i = 0; i + 1 < items.size(); i += 2) {
            map.put(as(String.class, items.get(i)), items.get(i + 1));
        }
    }

    @SuppressWarnings("unchecked")
    private void append(List<Object> items) {
        as(ArrayList.class, stack.element()).addAll(items);
    }

    private void build(Object state) {
        StateObjects.build(stack.element(), state);
    }

    private void call(List<Object> functionAndArguments) {
        stack.push(StateObjects.call(functionAndArguments.get(0), functionAndArguments.get(1)));
    }
}

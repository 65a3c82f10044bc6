package io.gander.recipe;

import io.gander.error.UserError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A piece of YAML that remembers where it was written: a scalar, a list or a mapping.
 */
sealed interface Setting {
    /** Such as "mine.yaml:12" or "--set train.steps". */
    String where();

    record Scalar(String text, String where) implements Setting {}

    record Sequence(List<Setting> items, String where) implements Setting {}

    record Mapping(Map<String, Setting> entries, String where) implements Setting {
        /** This mapping with the value at a dotted path replaced or added. */
        Mapping with(String path, Setting value) {
            int dot = path.indexOf('.');
            String key = dot < 0 ? path : path.substring(0, dot);
            Map<String, Setting> changed = new LinkedHashMap<>(entries);
            if (dot < 0) {
                changed.put(key, value);
            } else {
                Setting inner = entries.get(key);
                Mapping child = inner instanceof Mapping m ? m : new Mapping(Map.of(), value.where());
                changed.put(key, child.with(path.substring(dot + 1), value));
            }
            return new Mapping(changed, where);
        }
    }

    /**
     * Reads YAML that must be a mapping.
     *
     * @param source what to call the text in errors: a file's name
     */
    static Mapping parse(String yaml, String source) {
        Setting root = node(yaml, source, true);
        if (root instanceof Mapping mapping) {
            return mapping;
        }
        throw new UserError(root.where() + ": a recipe is a list of 'key: value' lines; found something else.");
    }

    /** Reads one value as the command line gives it, such as {@code 3000} or {@code [0.5, 0.999]}. */
    static Setting parseValue(String yaml, String source) {
        return node(yaml.isBlank() ? "''" : yaml, source, false);
    }

    private static Setting node(String yaml, String source, boolean lines) {
        try {
            LoadSettings settings = LoadSettings.builder()
                    .setLabel(source)
                    .setAllowDuplicateKeys(false)
                    .setAllowNonScalarKeys(true) // so that the error can say the line
                    .setMaxAliasesForCollections(20)
                    .build();
            Node node = new Compose(settings)
                    .composeString(yaml)
                    .orElseThrow(() -> new UserError(source + (lines ? ":1" : "")
                            + ": nothing is written here; a recipe is a list of 'key: value' lines."));
            return of(node, source, lines);
        } catch (MarkedYamlEngineException e) {
            String at = e.getProblemMark()
                    .map(m -> source + (lines ? ":" + (m.getLine() + 1) : ""))
                    .orElse(source);
            throw new UserError(at + ": not valid YAML: " + sentence(e.getProblem()), e);
        } catch (YamlEngineException e) {
            throw new UserError(source + ": not valid YAML: " + sentence(e.getMessage()), e);
        } catch (StackOverflowError e) {
            throw new UserError(source + ": brackets or lines are nested too deeply to be read.", e);
        }
    }

    /** The first line, with one full stop. */
    private static String sentence(@Nullable String message) {
        String line = String.valueOf(message).lines().findFirst().orElse("unreadable");
        return line.replaceFirst("\\.+$", "") + ".";
    }

    private static Setting of(Node node, String source, boolean lines) {
        String where =
                lines ? source + ":" + (node.getStartMark().map(Mark::getLine).orElse(0) + 1) : source;
        if (node.isRecursive()) {
            throw new UserError(where + ": an anchor that contains itself cannot be read.");
        }
        if (node instanceof ScalarNode scalar) {
            return new Scalar(scalar.getValue(), where);
        }
        if (node instanceof SequenceNode sequence) {
            List<Setting> items = new ArrayList<>();
            for (Node item : sequence.getValue()) {
                items.add(of(item, source, lines));
            }
            return new Sequence(List.copyOf(items), where);
        }
        if (node instanceof MappingNode mapping) {
            Map<String, Setting> entries = new LinkedHashMap<>();
            for (NodeTuple tuple : mapping.getValue()) {
                Setting value = of(tuple.getValueNode(), source, lines);
                if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                    throw new UserError(value.where() + ": a key must be a plain word.");
                }
                if (entries.put(key.getValue(), value) != null) {
                    throw new UserError(value.where() + ": the key '" + key.getValue() + "' stands here twice.");
                }
            }
            return new Mapping(entries, where);
        }
        throw new IllegalStateException("YAML has no other node than these: " + node.getNodeType());
    }
}

package io.gander;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the arrow: a room imports only the rooms to its left. A new room is a line in {@link #ROOMS}. */
class ArchitectureTest {
    /** What each room may import, beside itself. */
    private static final Map<String, List<String>> ROOMS = new LinkedHashMap<>();

    static {
        ROOMS.put("error", List.of());
        ROOMS.put("file", List.of("error"));
        ROOMS.put("recipe", List.of("file", "error"));
        ROOMS.put("tensor", List.of("recipe", "file", "error"));
        ROOMS.put("layer", List.of("tensor", "recipe", "error"));
        ROOMS.put("network", List.of("layer", "tensor", "recipe", "error"));
        ROOMS.put("image", List.of("file", "error"));
        ROOMS.put("source", List.of("image", "recipe", "file", "error"));
        ROOMS.put("modality", List.of("source", "image", "layer", "tensor", "recipe", "error"));
        ROOMS.put("architecture", List.of("network", "modality", "layer", "tensor", "recipe", "error"));
        ROOMS.put("download", List.of("recipe", "tensor", "file", "error"));
        ROOMS.put(
                "data",
                List.of("modality", "source", "download", "image", "layer", "recipe", "tensor", "file", "error"));
        ROOMS.put("objective", List.of("network", "layer", "tensor", "recipe", "error"));
        ROOMS.put(
                "metric",
                List.of(
                        "data",
                        "modality",
                        "source",
                        "network",
                        "layer",
                        "image",
                        "recipe",
                        "tensor",
                        "file",
                        "error"));
        ROOMS.put(
                "game",
                List.of(
                        "objective",
                        "metric",
                        "data",
                        "download",
                        "modality",
                        "architecture",
                        "network",
                        "layer",
                        "recipe",
                        "tensor",
                        "error"));
        ROOMS.put("run", List.of("recipe", "tensor", "file", "error"));
        ROOMS.put(
                "train",
                List.of(
                        "game",
                        "run",
                        "data",
                        "modality",
                        "image",
                        "architecture",
                        "network",
                        "layer",
                        "recipe",
                        "tensor",
                        "file",
                        "error"));
        ROOMS.put(
                "generate",
                List.of(
                        "run",
                        "game",
                        "data",
                        "modality",
                        "architecture",
                        "network",
                        "layer",
                        "image",
                        "recipe",
                        "tensor",
                        "file",
                        "error"));
        ROOMS.put(
                "evaluate",
                List.of(
                        "generate",
                        "run",
                        "game",
                        "metric",
                        "data",
                        "download",
                        "modality",
                        "architecture",
                        "network",
                        "layer",
                        "source",
                        "image",
                        "recipe",
                        "tensor",
                        "file",
                        "error"));
        ROOMS.put(
                "export",
                List.of(
                        "run",
                        "game",
                        "modality",
                        "architecture",
                        "network",
                        "layer",
                        "recipe",
                        "tensor",
                        "file",
                        "error"));
    }

    private static final JavaClasses GANDER = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.gander");

    static Set<String> rooms() {
        return ROOMS.keySet();
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void aRoomImportsOnlyTheRoomsToItsLeft(String room) {
        importsOnly(room, ROOMS.getOrDefault(room, List.of())).check(GANDER);
    }

    @Test
    void everyClassLivesInARoomOrIsTheFacade() {
        List<String> known =
                new ArrayList<>(rooms().stream().map(ArchitectureTest::tree).toList());
        known.add("io.gander");

        classes().should().resideInAnyPackage(known.toArray(String[]::new)).check(GANDER);
    }

    @Test
    void noRoomsDependOnEachOtherInACircle() {
        slices().matching("io.gander.(*)..").should().beFreeOfCycles().check(GANDER);
    }

    @Test
    void onlyTheTensorRoomKnowsTheEngine() {
        noClasses()
                .that()
                .resideOutsideOfPackages(tree("tensor"), tree("image"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.bytedeco..")
                .check(GANDER);
        noClasses()
                .that()
                .resideInAPackage(tree("image"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.bytedeco.pytorch..")
                .check(GANDER);
    }

    @Test
    void recipesNeedNoNativeCode() {
        noClasses()
                .that()
                .resideInAnyPackage(tree("recipe"), tree("error"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.bytedeco..", tree("tensor"))
                .check(GANDER);
    }

    @Test
    void nobodyCallsTheGarbageCollector() {
        noClasses()
                .that()
                .resideOutsideOfPackage(tree("tensor"))
                .should()
                .callMethod(System.class, "gc")
                .orShould()
                .callMethod(Runtime.class, "gc")
                .check(GANDER);
    }

    @Test
    void theRulesCanFail() {
        assertThat(GANDER.size()).isGreaterThan(50);
        assertThatThrownBy(() -> importsOnly("game", List.of("error")).check(GANDER))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("io.gander.data.Loader");
        assertThatThrownBy(() -> noClasses()
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("org.bytedeco..")
                        .check(GANDER))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("io.gander.tensor.Tensor");
    }

    private static ArchRule importsOnly(String room, List<String> rooms) {
        List<String> allowed = new ArrayList<>(List.of(tree(room)));
        rooms.forEach(other -> allowed.add(tree(other)));
        return noClasses()
                .that()
                .resideInAPackage(tree(room))
                .should()
                .dependOnClassesThat(
                        resideInAPackage("io.gander..").and(not(resideInAnyPackage(allowed.toArray(String[]::new)))))
                .allowEmptyShould(true);
    }

    private static String tree(String room) {
        return "io.gander." + room + "..";
    }
}

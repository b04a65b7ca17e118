package io.tempfile4j.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** What is published is whole: in the BOM, with what Maven Central asks of a POM, and a module of its own. */
class PublicationTest {

    private static final XPath XPATH = XPathFactory.newInstance().newXPath();

    private static Document pom(String directory) throws Exception {
        Path file = Sources.ROOT.resolve(directory).resolve("pom.xml");
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
    }

    private static List<String> texts(Document pom, String path) throws Exception {
        NodeList nodes = (NodeList) XPATH.evaluate(path, pom, XPathConstants.NODESET);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            texts.add(nodes.item(i).getTextContent().strip());
        }
        return texts;
    }

    private static List<String> published() throws Exception {
        List<String> published = new ArrayList<>();
        for (String module : texts(pom(""), "/project/modules/module")) {
            if (texts(pom(module), "/project/properties/maven.deploy.skip").isEmpty()) {
                published.add(module);
            }
        }
        assertThat(published)
                .contains("core", "cli", "junit", "bom")
                .doesNotContain("benchmarks", "docs", "examples", "frameworks");
        return published;
    }

    @Test
    void bom_hasEachPublishedModule_andNoOther() throws Exception {
        List<String> artifacts = new ArrayList<>();
        for (String module : published()) {
            if (!module.equals("bom")) {
                artifacts.addAll(texts(pom(module), "/project/artifactId"));
            }
        }
        String managed = "/project/dependencyManagement/dependencies/dependency";
        assertThat(texts(pom("bom"), managed + "/artifactId")).containsExactlyInAnyOrderElementsOf(artifacts);
        assertThat(texts(pom("bom"), managed + "/groupId")).containsOnly("io.tempfile4j");
        assertThat(texts(pom("bom"), managed + "/version")).containsOnly("${project.version}");
        assertThat(texts(pom("bom"), "/project/version")).isEqualTo(texts(pom(""), "/project/version"));
    }

    /** https://central.sonatype.org/publish/requirements/; what a POM lacks it has from its parent. */
    @Test
    void poms_ofWhatIsPublished_areAsCentralAsks() throws Exception {
        for (String module : published()) {
            Document pom = pom(module);
            boolean hasParent = !texts(pom, "/project/parent/artifactId").isEmpty();
            for (String own : List.of("name", "description")) {
                assertThat(texts(pom, "/project/" + own)).as(module + " " + own).hasSize(1);
            }
            for (String inherited :
                    List.of("url", "licenses/license", "developers/developer", "scm/url", "scm/connection")) {
                assertThat(texts(hasParent ? pom("") : pom, "/project/" + inherited))
                        .as(module + " " + inherited)
                        .hasSize(1);
            }
        }
    }

    @Test
    void modules_ofWhatIsPublished_haveADescriptor() throws Exception {
        for (String module : published()) {
            if (!module.equals("bom")) {
                assertThat(Sources.ROOT.resolve(module).resolve("src/main/java/module-info.java"))
                        .isRegularFile();
            }
        }
    }
}

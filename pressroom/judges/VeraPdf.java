import java.io.File;
import java.util.Map;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.RuleId;

/** Asks veraPDF about a PDF: `java VeraPdf.java FILE FLAVOUR`, with ua1, 2u … as flavour. A line for each rule that is
 * broken, with tabs between clause, test, number of places and description; the first line counts what was looked at. */
public class VeraPdf {
    public static void main(String[] arguments) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        PDFAFlavour flavour = PDFAFlavour.byFlavourId(arguments[1]);
        try (PDFAParser file = Foundries.defaultInstance().createParser(new File(arguments[0]), flavour)) {
            ValidationResult result = Foundries.defaultInstance().createValidator(flavour, false).validate(file);
            System.out.println(result.getTotalAssertions());
            for (Map.Entry<RuleId, Integer> broken : result.getFailedChecks().entrySet()) {
                RuleId rule = broken.getKey();
                String what = result.getValidationProfile().getRuleByRuleId(rule).getDescription();
                System.out.println(String.join("\t", rule.getClause(), "" + rule.getTestNumber(),
                    broken.getValue().toString(), what.replaceAll("\\s+", " ")));
            }
        }
    }
}

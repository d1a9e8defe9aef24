import java.io.File;
import java.util.Map;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.RuleId;

/** Asks veraPDF about PDFs: `java VeraPdf.java FILE FLAVOUR …`, with ua1, 2u … as flavour. For each file, the first line
 * counts what was looked at; a line follows for each rule that is broken, with tabs between clause, test, number of places
 * and description. */
public class VeraPdf {
    public static void main(String[] arguments) {
        VeraGreenfieldFoundryProvider.initialise();
        for (int n = 0; n < arguments.length; n += 2) {
            try {
                judge(new File(arguments[n]), PDFAFlavour.byFlavourId(arguments[n + 1]));
            } catch (Exception fault) {
                throw new IllegalStateException(arguments[n] + ": " + fault, fault);
            }
        }
    }

    private static void judge(File file, PDFAFlavour flavour) throws Exception {
        try (PDFAParser parser = Foundries.defaultInstance().createParser(file, flavour)) {
            ValidationResult result = Foundries.defaultInstance().createValidator(flavour, false).validate(parser);
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

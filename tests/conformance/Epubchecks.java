import com.adobe.epubcheck.tool.EpubChecker;
import java.io.BufferedReader;
import java.io.InputStreamReader;

/** Asks epubcheck about one ebook after another, since most of the time that it takes is its own start: each line that is
 * read names an ebook and, after a tab, the file for its report; a line follows when that is written. */
public class Epubchecks {
    public static void main(String[] arguments) throws Exception {
        BufferedReader asked = new BufferedReader(new InputStreamReader(System.in, "UTF-8"));
        for (String line = asked.readLine(); line != null; line = asked.readLine()) {
            String[] files = line.split("\t");
            new EpubChecker().run(new String[] {files[0], "--usage", "--quiet", "--json", files[1]});
            System.out.println("judged");
        }
    }
}

// Writes one table with Apache POI: java -cp JARS Write.java FOLDER < table.json

import java.io.File;
import java.io.FileOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.ss.usermodel.Workbook;
import org.apache.poi.xssf.streaming.SXSSFWorkbook;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;

public class Write {
    private static final Pattern ROW = Pattern.compile("\\[([^\\[\\]]+)\\]");
    private static final Pattern VALUE = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"|([0-9.]+)");

    public static void main(String[] arguments) throws Exception {
        String json = new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
        List<List<String>> rows = new ArrayList<>();
        for (Matcher row = ROW.matcher(json); row.find();) {
            List<String> values = new ArrayList<>();
            for (Matcher value = VALUE.matcher(row.group(1)); value.find();) {
                values.add(value.group(1) != null ? plain(value.group(1)) : value.group(2));
            }
            rows.add(values);
        }
        StringJoiner missing = new StringJoiner(",", "{", "}");
        Map<String, Callable<Workbook>> kinds = Map.of("poi.xlsx", XSSFWorkbook::new,
            "poi-stream.xlsx", SXSSFWorkbook::new, "poi.xls", HSSFWorkbook::new);
        for (String name : kinds.keySet()) {
            try {
                write(kinds.get(name).call(), rows, new File(arguments[0], name));
            } catch (Exception | LinkageError error) {
                missing.add("\"" + name + "\":\"" + error.getClass().getSimpleName() + "\"");
            }
        }
        System.out.println(missing);
    }

    private static String plain(String text) {
        Matcher escaped = Pattern.compile("\\\\u([0-9a-f]{4})").matcher(text);
        return escaped.replaceAll(one -> String.valueOf((char) Integer.parseInt(one.group(1), 16)));
    }

    private static void write(Workbook book, List<List<String>> rows, File file) throws Exception {
        Sheet sheet = book.createSheet("List");
        CellStyle day = book.createCellStyle();
        day.setDataFormat(book.createDataFormat().getFormat("dd.mm.yyyy"));
        for (int y = 0; y < rows.size(); y++) {
            Row row = sheet.createRow(y);
            for (int x = 0; x < rows.get(y).size(); x++) {
                Cell cell = row.createCell(x);
                String value = rows.get(y).get(x);
                if (y > 0 && x == 2) {
                    cell.setCellValue(Date.from(
                        LocalDate.parse(value).atStartOfDay(ZoneId.systemDefault()).toInstant()));
                    cell.setCellStyle(day);
                } else if (y > 0 && x == 3) {
                    cell.setCellValue(Double.parseDouble(value));
                } else {
                    cell.setCellValue(value);
                }
            }
        }
        try (FileOutputStream target = new FileOutputStream(file)) {
            book.write(target);
        }
        book.close();
    }
}

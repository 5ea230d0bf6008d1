// Writes one table with every library that is installed here: node write.mjs FOLDER < table.json
import { writeFileSync, readFileSync, createWriteStream } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { once } from "node:events";

const require = createRequire(import.meta.url);
const folder = process.argv[2];
const { heads, rows } = JSON.parse(readFileSync(0, "utf-8"));
// The third column holds days, the fourth amounts.
const day = (text) => new Date(`${text}T00:00:00Z`);
const withDays = rows.map(([number, name, on, ...rest]) => [number, name, day(on), ...rest]);
const objects = rows.map((row) => Object.fromEntries(row.map((value, at) => [heads[at], value])));
const path = (name) => join(folder, name);

const writers = {
  xlsx: async (XLSX) => {
    for (const kind of ["xlsx", "xlsm", "xlsb", "biff8", "biff5", "ods", "xlml", "html", "csv", "txt"]) {
      const book = XLSX.utils.book_new();
      const sheet = XLSX.utils.aoa_to_sheet([heads, ...withDays], { cellDates: true, UTC: true });
      XLSX.utils.book_append_sheet(book, sheet, "List");
      const ending = { biff8: "xls", biff5: "xls", xlml: "xls" }[kind] ?? kind;
      const options = { bookType: kind, type: "buffer", cellDates: kind === "xlsx" };
      writeFileSync(path(`xlsx-${kind}.${ending}`), XLSX.write(book, options));
      if (kind === "xlsx") {
        writeFileSync(path("xlsx-shared.xlsx"), XLSX.write(book, { ...options, bookSST: true, compression: true }));
      }
    }
  },
  "xlsx-js-style": async (XLSX) => {
    const book = XLSX.utils.book_new();
    XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet([heads, ...withDays], { cellDates: true }), "List");
    writeFileSync(path("xlsx-js-style.xlsx"), XLSX.write(book, { bookType: "xlsx", type: "buffer" }));
  },
  exceljs: async (ExcelJS) => {
    const book = new ExcelJS.Workbook();
    book.addWorksheet("List").addRows([heads, ...withDays]);
    await book.xlsx.writeFile(path("exceljs.xlsx"));
    await book.csv.writeFile(path("exceljs.csv"));
    const stream = new ExcelJS.stream.xlsx.WorkbookWriter({ filename: path("exceljs-stream.xlsx"), useStyles: true });
    const sheet = stream.addWorksheet("List");
    for (const row of [heads, ...withDays]) sheet.addRow(row).commit();
    await stream.commit();
  },
  "xlsx-populate": async (populate) => {
    const book = await populate.fromBlankAsync();
    book.sheet(0).name("List").cell("A1").value([heads, ...withDays]);
    book.sheet(0).column("C").style("numberFormat", "dd.mm.yyyy");
    await book.toFileAsync(path("xlsx-populate.xlsx"));
  },
  excel4node: async (xl) => {
    const book = new xl.Workbook();
    const sheet = book.addWorksheet("List");
    [heads, ...withDays].forEach((row, y) => row.forEach((value, x) => {
      const cell = sheet.cell(y + 1, x + 1);
      if (value instanceof Date) cell.date(value);
      else if (typeof value === "number") cell.number(value);
      else cell.string(value);
    }));
    writeFileSync(path("excel4node.xlsx"), await book.writeToBuffer());
  },
  "write-excel-file": async () => {
    const { default: write } = await import("write-excel-file/node");
    const cells = [heads, ...withDays].map((row) => row.map((value) => (value instanceof Date
      ? { value, type: Date, format: "dd.mm.yyyy" } : { value, type: typeof value === "number" ? Number : String })));
    const made = await write(cells, { sheet: "List" });
    if (typeof made?.toFile === "function") await made.toFile(path("write-excel-file.xlsx"));
    else await write(cells, { sheet: "List", filePath: path("write-excel-file.xlsx") });
  },
  "excel-builder-vanilla": async (builder) => {
    const book = builder.createWorkbook();
    const sheet = book.createWorksheet({ name: "List" });
    sheet.setData([heads, ...rows]);
    book.addWorksheet(sheet);
    writeFileSync(path("excel-builder-vanilla.xlsx"), await builder.createExcelFile(book, "Uint8Array"));
  },
  "json-as-xlsx": async (module) => {
    const columns = heads.map((label) => ({ label, value: label }));
    const made = (module.default ?? module)([{ sheet: "List", columns, content: objects }], {
      writeOptions: { type: "buffer", bookType: "xlsx" } });
    writeFileSync(path("json-as-xlsx.xlsx"), made);
  },
  "better-xlsx": async ({ File }) => {
    const file = new File();
    const sheet = file.addSheet("List");
    for (const values of [heads, ...withDays]) {
      const row = sheet.addRow();
      for (const value of values) {
        if (value instanceof Date) row.addCell().setDate(value);
        else row.addCell().value = value;
      }
    }
    const stream = createWriteStream(path("better-xlsx.xlsx"));
    file.saveAs().pipe(stream);
    await once(stream, "finish");
  },
  officegen: async (officegen) => {
    const book = officegen("xlsx");
    const sheet = book.makeNewSheet();
    sheet.name = "List";
    sheet.data = [heads, ...rows];
    const stream = createWriteStream(path("officegen.xlsx"));
    book.generate(stream);
    await once(stream, "close");
  },
  hucre: async () => {
    const { writeXlsx, writeOds } = await import("hucre");
    const sheets = [{ name: "List", rows: [heads, ...withDays] }];
    writeFileSync(path("hucre.xlsx"), await writeXlsx({ sheets }));
    writeFileSync(path("hucre.ods"), await writeOds({ sheets }));
  },
};

const missing = {};
for (const [name, write] of Object.entries(writers)) {
  try {
    const module = ["write-excel-file", "hucre"].includes(name) ? null : require(name);
    await write(module);
  } catch (error) {
    missing[name] = String(error.message ?? error).split("\n")[0].slice(0, 120);
  }
}
process.stdout.write(JSON.stringify(missing));

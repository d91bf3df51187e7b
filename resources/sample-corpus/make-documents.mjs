// Regenerates the PDF, DOCX and Windows-1252 documents of the sample corpus
// from sources/*.md. Plain Node, no dependencies, byte-for-byte repeatable.
//
//   node make-documents.mjs           write the files into documents/
//   node make-documents.mjs --check   compare with the files on disk, exit 1 on a difference

import { readFileSync, writeFileSync, existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const HEADER = 'Biological Materials - Sample Corpus';

const MANIFEST = [
  ['tendon', 'pdf'],
  ['lobster-cuticle', 'pdf'],
  ['venus-flower-basket', 'pdf'],
  ['elastin', 'pdf'],
  ['trabecular-bone', 'pdf'],
  ['horse-hoof', 'docx'],
  ['feather', 'docx'],
  ['sea-urchin-spine', 'docx'],
  ['pangolin-scales', 'docx'],
  ['insect-cuticle-resilin', 'txt'], // stored as Windows-1252
];

// ---------------------------------------------------------------- sources

function readSource(name) {
  const blocks = readFileSync(join(here, 'sources', `${name}.md`), 'utf8')
    .replace(/\r\n/g, '\n').trim().split(/\n\s*\n/)
    .map((b) => b.replace(/\s*\n\s*/g, ' ').trim());
  return { title: blocks[0].replace(/^#\s*/, ''), paragraphs: blocks.slice(1) };
}

// ------------------------------------------------------- Windows-1252 text

const CP1252_HIGH = {
  '\u20ac': 0x80, '\u201a': 0x82, '\u0192': 0x83, '\u201e': 0x84, '\u2026': 0x85,
  '\u2020': 0x86, '\u2021': 0x87, '\u02c6': 0x88, '\u2030': 0x89, '\u0160': 0x8a,
  '\u2039': 0x8b, '\u0152': 0x8c, '\u017d': 0x8e, '\u2018': 0x91, '\u2019': 0x92,
  '\u201c': 0x93, '\u201d': 0x94, '\u2022': 0x95, '\u2013': 0x96, '\u2014': 0x97,
  '\u02dc': 0x98, '\u2122': 0x99, '\u0161': 0x9a, '\u203a': 0x9b, '\u0153': 0x9c,
  '\u017e': 0x9e, '\u0178': 0x9f,
};

function toCp1252(text) {
  const bytes = [];
  for (const ch of text) {
    const code = ch.codePointAt(0);
    if (code < 0x80 || (code >= 0xa0 && code <= 0xff)) bytes.push(code);
    else if (ch in CP1252_HIGH) bytes.push(CP1252_HIGH[ch]);
    else throw new Error(`no Windows-1252 code for U+${code.toString(16)}`);
  }
  return Buffer.from(bytes);
}

function wrapPlain(text, width) {
  const lines = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line && line.length + 1 + word.length > width) { lines.push(line); line = word; }
    else line = line ? `${line} ${word}` : word;
  }
  if (line) lines.push(line);
  return lines.join('\r\n');
}

function makeText({ title, paragraphs }) {
  return toCp1252([title, ...paragraphs].map((p) => wrapPlain(p, 76)).join('\r\n\r\n') + '\r\n');
}

// -------------------------------------------------------------------- PDF

// Advance widths of Helvetica for the codes 32 to 126, in 1/1000 of the size.
const WIDTHS = [
  278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
  556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
  1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
  667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
  333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
  556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];
const textWidth = (s, size) => {
  let w = 0;
  for (const ch of s) w += WIDTHS[ch.charCodeAt(0) - 32] ?? 556;
  return (w * size) / 1000;
};

// Words that may be divided at the end of a line, as in a typeset journal.
const HYPHENATION = new Map([
  'col-la-gen', 'mol-e-cule', 'mol-e-cules', 'pro-teo-gly-can', 'hy-droxy-pro-line',
  'syn-the-sis', 'vi-ta-min', 'elec-tron', 'micro-scopes', 'straight-ens', 'pro-duces',
  'exo-cu-ti-cle', 'endo-cu-ti-cle', 'epi-cu-ti-cle', 'exo-skel-e-ton', 'micro-me-tres',
  'nano-fib-rils', 'amor-phous', 'car-bon-ate', 'cal-cium', 'gas-tro-liths', 'struc-ture',
  'skel-e-ton', 'lat-tice', 're-in-forced', 'di-ag-o-nal', 'di-ag-o-nals', 'hi-er-ar-chy',
  'con-cen-tric', 'ad-di-tional', 'ma-te-rial', 'sep-a-rated', 'tra-di-tional',
  'tropo-elas-tin', 'des-mo-sine', 'scaf-fold', 'lamel-lae', 'pres-sure', 'aneu-rysm',
  'hy-dro-pho-bic', 'verte-brates', 'lig-a-ments', 'mu-ta-tions', 'tra-bec-u-lar',
  'tra-bec-u-lae', 'verte-brae', 'po-ros-ity', 'stiff-ness', 'os-teo-po-ro-sis',
  're-sorp-tion', 're-mod-el-ling', 'to-mog-ra-phy', 'astro-nauts', 'strong-ly', 'plat-eau', 'en-gi-neer', 'anat-o-mist', 'fem-o-ral', 'sur-geon',
  'dis-con-nect', 'frac-tures', 'com-pared', 'cor-ti-cal', 'stan-dard', 'con-nec-tive', 'ten-don',
  'fas-ci-cles', 'lay-ers', 'ar-te-ries', 'pre-cur-sor', 'as-sem-bly', 'en-zyme', 'mus-cle',
].map((w) => [w.replaceAll('-', ''), w.split('-')]));

function breakLines(text, width, size) {
  const lines = [];
  let line = '';
  for (const word of text.split(' ')) {
    const candidate = line ? `${line} ${word}` : word;
    if (textWidth(candidate, size) <= width) { line = candidate; continue; }
    const [, core, tail] = word.match(/^([A-Za-z]*)(.*)$/);
    const parts = HYPHENATION.get(core.toLowerCase());
    let divided = false;
    if (parts) {
      for (let n = parts.length - 1; n >= 1 && !divided; n--) {
        const cut = parts.slice(0, n).join('').length;
        const head = `${core.slice(0, cut)}-`;
        if (cut >= 2 && textWidth(`${line} ${head}`, size) <= width) {
          lines.push(`${line} ${head}`);
          line = core.slice(cut) + tail;
          divided = true;
        }
      }
    }
    if (!divided) { lines.push(line); line = word; }
  }
  if (line) lines.push(line);
  return lines;
}

function pdfString(s) {
  let out = '';
  for (const byte of toCp1252(s)) {
    if (byte === 0x28 || byte === 0x29 || byte === 0x5c) out += `\\${String.fromCharCode(byte)}`;
    else if (byte < 0x20 || byte > 0x7e) out += `\\${byte.toString(8).padStart(3, '0')}`;
    else out += String.fromCharCode(byte);
  }
  return `(${out})`;
}

function makePdf({ title, paragraphs }) {
  const W = 420, H = 595, MARGIN = 54, SIZE = 12, LEADING = 20; // A5 page
  const width = W - 2 * MARGIN;
  const rows = [];
  for (const p of paragraphs) {
    const lines = breakLines(p, width, SIZE);
    lines.forEach((text, i) => rows.push({ text, first: i === 0 }));
  }
  const half = Math.ceil(rows.length / 2);
  const pages = [rows.slice(0, half), rows.slice(half)];

  const streams = pages.map((page, index) => {
    const ops = [];
    const put = (font, size, x, y, s) =>
      ops.push(`BT /${font} ${size} Tf ${x.toFixed(2)} ${y.toFixed(2)} Td ${pdfString(s)} Tj ET`);
    put('F1', 8, MARGIN, H - 36, HEADER);
    ops.push(`0.5 w ${MARGIN} ${H - 41} m ${W - MARGIN} ${H - 41} l S`);
    let y = H - 70;
    if (index === 0) { put('F2', 15, MARGIN, y, title); y -= 30; }
    page.forEach((row, i) => {
      if (row.first && i > 0) y -= 6;
      put('F1', SIZE, MARGIN, y, row.text);
      y -= LEADING;
    });
    const footer = `Page ${index + 1} of ${pages.length}`;
    put('F1', 8, (W - textWidth(footer, 8)) / 2, 30, footer);
    return ops.join('\n');
  });

  const objects = [
    '<< /Type /Catalog /Pages 2 0 R /Lang (en) >>',
    `<< /Type /Pages /Kids [${streams.map((_, i) => `${6 + 2 * i} 0 R`).join(' ')}] /Count ${streams.length} >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>',
    `<< /Title ${pdfString(title)} /Producer (make-documents.mjs) >>`,
  ];
  streams.forEach((s, i) => {
    objects.push(`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${W} ${H}] /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> /Contents ${7 + 2 * i} 0 R >>`);
    objects.push(`<< /Length ${Buffer.byteLength(s, 'latin1')} >>\nstream\n${s}\nendstream`);
  });

  let body = '%PDF-1.4\n%\xe2\xe3\xcf\xd3\n';
  const offsets = objects.map((o, i) => {
    const at = body.length;
    body += `${i + 1} 0 obj\n${o}\nendobj\n`;
    return at;
  });
  const start = body.length;
  body += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n`;
  for (const at of offsets) body += `${String(at).padStart(10, '0')} 00000 n \n`;
  body += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R /Info 5 0 R >>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(body, 'latin1');
}

// ------------------------------------------------------------------- DOCX

const CRC_TABLE = Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c >>> 0;
});
function crc32(buffer) {
  let c = 0xffffffff;
  for (const b of buffer) c = CRC_TABLE[(c ^ b) & 0xff] ^ (c >>> 8);
  return (c ^ 0xffffffff) >>> 0;
}

// A zip archive whose members are stored without compression, dated 1980-01-01.
function zip(members) {
  const local = [], central = [];
  let offset = 0;
  for (const [name, text] of members) {
    const data = Buffer.from(text, 'utf8'), file = Buffer.from(name, 'utf8');
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);           // version needed
    common.writeUInt16LE(0x0800, 2);       // names are UTF-8
    common.writeUInt16LE(0, 4);            // method: store
    common.writeUInt16LE(0, 6);            // time
    common.writeUInt16LE(0x21, 8);         // date
    common.writeUInt32LE(crc32(data), 10);
    common.writeUInt32LE(data.length, 14);
    common.writeUInt32LE(data.length, 18);
    common.writeUInt16LE(file.length, 22);
    common.writeUInt16LE(0, 24);           // extra field
    local.push(Buffer.from('PK\x03\x04', 'latin1'), common, file, data);
    const tail = Buffer.alloc(14);         // comment, disk, attributes, offset
    tail.writeUInt32LE(offset, 10);
    central.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), common, tail, file);
    offset += 4 + common.length + file.length + data.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(members.length, 4);
  end.writeUInt16LE(members.length, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...local, directory, Buffer.from('PK\x05\x06', 'latin1'), end]);
}

const xml = (s) => s.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const DECL = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const NS_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const NS_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"';
const REL = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const run = (s) => `<w:r><w:t xml:space="preserve">${xml(s)}</w:t></w:r>`;

function makeDocx({ title, paragraphs }) {
  // Every sentence is its own run, as word processors often leave it.
  const para = (p) => `<w:p>${p.split(/(?<=[.;] )/).map(run).join('')}</w:p>`;
  return zip([
    ['[Content_Types].xml', `${DECL}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/><Override PartName="/word/header1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"/><Override PartName="/word/footer1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>`],
    ['_rels/.rels', `${DECL}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${REL}/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`],
    ['docProps/core.xml', `${DECL}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>${xml(title)}</dc:title></cp:coreProperties>`],
    ['word/document.xml', `${DECL}<w:document ${NS_W} ${NS_R}><w:body><w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr>${run(title)}</w:p>${paragraphs.map(para).join('')}<w:sectPr><w:headerReference w:type="default" r:id="rId2"/><w:footerReference w:type="default" r:id="rId3"/><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1417" w:right="1417" w:bottom="1417" w:left="1417" w:header="708" w:footer="708" w:gutter="0"/></w:sectPr></w:body></w:document>`],
    ['word/_rels/document.xml.rels', `${DECL}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${REL}/styles" Target="styles.xml"/><Relationship Id="rId2" Type="${REL}/header" Target="header1.xml"/><Relationship Id="rId3" Type="${REL}/footer" Target="footer1.xml"/></Relationships>`],
    ['word/styles.xml', `${DECL}<w:styles ${NS_W}><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:pPr><w:spacing w:after="160"/></w:pPr><w:rPr><w:sz w:val="22"/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/><w:sz w:val="32"/></w:rPr></w:style></w:styles>`],
    ['word/header1.xml', `${DECL}<w:hdr ${NS_W}><w:p>${run(HEADER)}</w:p></w:hdr>`],
    ['word/footer1.xml', `${DECL}<w:ftr ${NS_W}><w:p>${run('Page ')}<w:fldSimple w:instr=" PAGE ">${run('1')}</w:fldSimple></w:p></w:ftr>`],
  ]);
}

// ------------------------------------------------------------------- main

const check = process.argv.includes('--check');
const out = join(here, 'documents');
mkdirSync(out, { recursive: true });
let different = 0;
for (const [name, format] of MANIFEST) {
  const source = readSource(name);
  const data = { pdf: makePdf, docx: makeDocx, txt: makeText }[format](source);
  const file = join(out, `${name}.${format}`);
  const same = existsSync(file) && readFileSync(file).equals(data);
  if (check) {
    if (!same) { different++; console.error(`differs: documents/${name}.${format}`); }
  } else {
    writeFileSync(file, data);
    console.log(`documents/${name}.${format}  ${data.length} bytes`);
  }
}
if (check) {
  console.log(different ? `${different} file(s) differ` : 'all generated files are up to date');
  process.exitCode = different ? 1 : 0;
}

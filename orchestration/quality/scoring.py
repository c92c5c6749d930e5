#!/usr/bin/env python3
"""Score predictions against a gold set (see GUIDE.md). Standard library only.

    score.py GOLD.json PRED.json --raw DIR          text files: DIR/<doc>.txt holds the raw texts
    score.py GOLD.json PRED.json --seeds FILE       first texts: one doc a line, in the order of SEED_DOCS
             [--list]   misses, false positives, duplicates, trap hits and attribute errors
             [--json]   the figures as JSON instead of the tables

PRED: a JSON list of {doc, kind, char_start, char_end, quote, name?, attributes by the guide's names}. Offsets count
characters (Unicode code points) of the raw text; nothing is translated when the text is read.

Rules
- Matching is one-to-one per doc and kind, greedy: pairs whose spans overlap by at least half of the shorter span
  (a gold record's best quote counts, at every place where the quote stands), for initiatives also pairs whose names
  agree. Order: overlap share, then gold records that are not optional, then how many attributes agree, then how
  closely the spans coincide (ties are common: a whole sentence as evidence covers several narrow gold quotes).
- Names agree when the shared words are at least 0.6 of the shorter name (casefolded, without small words).
- A prediction left over that fits an already matched gold record is a duplicate: reported apart, and a false positive.
- A goal left over that fits no goal but overlaps a not_goal trap is a trap hit: reported apart, and a false positive.
- `optional` gold records may be found or not: when matched they leave precision and recall alone, and their
  attributes are not scored.
- An attribute is scored over matched pairs where gold states it. null must be null (or absent). A list (also nested)
  holds accepted values. Numbers are numbers; value and unit also agree when they say the same quantity (19 MtCO2e =
  19000000 tCO2e). sectors: one in common is enough; actors, funders: every gold name must be there; an empty gold
  list is not scored. Names of documents and actors agree when one holds the other, word by word, or differs only in
  endings ('Miljöplan', 'den nya Miljöplanen').
"""
import argparse
import json
import math
import os
import re
import sys
import unicodedata
from collections import Counter, defaultdict

SEED_DOCS = ["Järfälla", "Lund", "Enköping", "Karlstad", "Östersund", "Eskilstuna", "Borlänge", "Umeå",
             "Kristianstad", "Växjö"]
KINDS = ["goal", "outcome", "initiative"]
META = {"doc", "municipality", "kind", "quotes", "optional", "note"}
SETS = {"sectors", "actors", "funders"}
NAMES = {"document", "actors", "funders"}
SMALL = {"för", "och", "i", "om", "av", "med", "till", "en", "ett", "den", "det", "de", "på", "som", "the", "of",
         "and", "to", "vid", "kring", "inom", "från"}
FACTOR = {"tCO2e": ("co2e", 1.0), "ktCO2e": ("co2e", 1e3), "MtCO2e": ("co2e", 1e6),
          "kWh": ("wh", 1.0), "MWh": ("wh", 1e3), "GWh": ("wh", 1e6)}
FACTOR_CF = {k.casefold(): v for k, v in FACTOR.items()}


def nfc(s):
    return unicodedata.normalize("NFC", s)


def flat(v):
    if isinstance(v, list):
        return [x for e in v for x in flat(e)]
    return [v]


def num(v):
    """v as a float, or None. '10,5' and '285 000' are read as numbers; booleans are not."""
    if isinstance(v, bool) or v is None:
        return None
    if isinstance(v, (int, float)):
        return float(v)
    s = re.sub(r"[\s\u00a0\u202f]", "", str(v)).replace("\u2212", "-").replace(",", ".")
    try:
        return float(s)
    except ValueError:
        return None


def eqnum(a, b):
    return a is not None and b is not None and math.isclose(a, b, rel_tol=1e-6, abs_tol=1e-9)


def words(s):
    s = nfc(str(s)).casefold()
    s = re.sub(r"(?<=\w)-\s+(?!och\b|eller\b|samt\b)(?=\w)", "", s)          # klimatbud- get
    return re.findall(r"[\w]+", s)


def name_match(a, b):
    if not a or not b:
        return 0.0
    x, y = set(words(a)), set(words(b))
    x, y = (x - SMALL) or x, (y - SMALL) or y
    if not x or not y:
        return 0.0
    return len(x & y) / min(len(x), len(y))


def contained(a, b):
    """One name holds the other: as text, or each word of the shorter has its word (same stem) in the longer."""
    x, y = words(a), words(b)
    if not x or not y:
        return False
    jx, jy = " ".join(x), " ".join(y)
    if jx in jy or jy in jx:
        return True
    x, y = [w for w in x if w not in SMALL] or x, [w for w in y if w not in SMALL] or y
    s, l = (x, y) if len(x) <= len(y) else (y, x)

    def like(u, v):
        if u == v:
            return True
        p = min(len(u), len(v))
        return p >= 4 and abs(len(u) - len(v)) <= 4 and (u.startswith(v) or v.startswith(u))
    return all(any(like(u, v) for v in l) for u in s)


def scalar(p):
    """A prediction's one-element list is its element."""
    while isinstance(p, list) and len(p) == 1:
        p = p[0]
    if (isinstance(p, list) and not p) or (isinstance(p, str) and not p.strip()):
        return None
    return p


def same(attr, g, p):
    if g is None or p is None:
        return g is None and p is None
    if attr in NAMES:
        return contained(g, p)
    gn, pn = num(g), num(p)
    if gn is not None or isinstance(g, (int, float)):
        return eqnum(gn, pn)
    return nfc(str(g)).strip().casefold() == nfc(str(p)).strip().casefold()


def same_quantity(gold, pred):
    """Do value and unit together say the same quantity in another scale?"""
    pv, pu = num(scalar(pred.get("value"))), scalar(pred.get("unit"))
    if pv is None or not isinstance(pu, str) or pu.casefold() not in FACTOR_CF:
        return False
    fam, f = FACTOR_CF[pu.casefold()]
    for gv in flat(gold.get("value")):
        for gu in flat(gold.get("unit")):
            if num(gv) is not None and isinstance(gu, str) and gu.casefold() in FACTOR_CF:
                fam2, f2 = FACTOR_CF[gu.casefold()]
                if fam == fam2 and eqnum(num(gv) * f2, pv * f):
                    return True
    return False


def attr_ok(attr, gold, pred):
    """True, False, or None when the attribute is not scored."""
    if attr not in gold:
        return None
    g, p = gold[attr], pred.get(attr)
    if attr == "name":
        return name_match(g, p) >= 0.6
    if attr in SETS:
        g = [x for x in flat(g) if x is not None]
        if not g:
            return None
        p = [x for x in flat(p) if x is not None] if p is not None else []
        hit = [any(same(attr, x, y) for y in p) for x in g]
        return any(hit) if attr == "sectors" else all(hit)
    acc = flat(g) if isinstance(g, list) else [g]
    p = scalar(p)
    if isinstance(p, list):
        ok = all(any(same(attr, x, y) for x in acc) for y in flat(p))
    else:
        ok = any(same(attr, x, p) for x in acc)
    if not ok and attr in ("value", "unit"):
        ok = same_quantity(gold, pred)
    return ok


def wilson(k, n, z=1.959964):
    if n == 0:
        return (0.0, 1.0)
    ph, d = k / n, 1 + z * z / n
    c, h = ph + z * z / (2 * n), z * math.sqrt(ph * (1 - ph) / n + z * z / (4 * n * n))
    return (max(0.0, (c - h) / d), min(1.0, (c + h) / d))


def places(text, q):
    out, i = [], text.find(q)
    while i >= 0 and q:
        out.append((i, i + len(q)))
        i = text.find(q, i + 1)
    return out


def overlap(a, b):
    """(share of the shorter span, intersection over union)"""
    inter = min(a[1], b[1]) - max(a[0], b[0])
    la, lb = a[1] - a[0], b[1] - b[0]
    if inter <= 0 or la <= 0 or lb <= 0:
        return (0.0, 0.0)
    return (inter / min(la, lb), inter / (la + lb - inter))


def best(spans, s):
    return max((overlap(s, g) for g in spans), default=(0.0, 0.0)) if s else (0.0, 0.0)


def span_of(p):
    s, e = p.get("char_start"), p.get("char_end")
    ok = all(isinstance(x, int) and not isinstance(x, bool) for x in (s, e)) and 0 <= s < e
    return (s, e) if ok else None


def agreement(g, p):
    r = [attr_ok(a, g, p) for a in g if a not in META]
    r = [x for x in r if x is not None]
    return sum(r) / len(r) if r else 0.0


def candidates(golds, preds):
    out = []
    for pi, p in preds:
        for gi, g, spans in golds:
            o, iou = best(spans, span_of(p))
            nm = name_match(g.get("name"), p.get("name")) if g["kind"] == "initiative" else 0.0
            if o >= 0.5 or nm >= 0.6:
                o = min(1.0, round(o, 3)) if o >= 0.5 else 0.0
                out.append((-o, bool(g.get("optional")), -(agreement(g, p) + nm), -iou, gi, pi))
    out.sort()
    return out


def load_texts(gold, args):
    docs = list(dict.fromkeys(nfc(r["doc"]) for r in gold))
    texts = {}
    if args.seeds:
        with open(args.seeds, encoding="utf-8", newline="") as f:
            lines = f.read().split("\n")
        for d, line in zip(SEED_DOCS, lines):
            texts[nfc(d)] = line
    else:
        for d in docs:
            with open(os.path.join(args.raw, d + ".txt"), encoding="utf-8", newline="") as f:
                texts[d] = f.read()
    return docs, texts


def short(s, n=110):
    s = " ".join(str(s).split())
    return s if len(s) <= n else s[:n - 1] + "…"


def score(gold, preds, docs, texts):
    warn = []
    golds, traps = defaultdict(list), defaultdict(list)
    for gi, g in enumerate(gold):
        d = nfc(g["doc"])
        spans = []
        for q in g["quotes"]:
            pl = places(texts.get(d, ""), q)
            if not pl:
                warn.append(f"gold quote not in the text: {d}: {short(q)}")
            spans += pl
        if g["kind"] == "not_goal":
            traps[d].append((gi, g, spans))
        else:
            golds[d, g["kind"]].append((gi, g, spans))

    by, ignored, quoted, checked = defaultdict(list), Counter(), 0, 0
    known = {d.casefold(): d for d in docs} | {d.casefold(): d for d in map(nfc, texts)}
    for pi, p in enumerate(preds):
        d = re.sub(r"\.txt$", "", nfc(str(p.get("doc", ""))))
        d = known.get(d.casefold())
        if d is None or p.get("kind") not in KINDS:
            ignored["doc not in gold" if d is None else "kind"] += 1
            continue
        by[d, p["kind"]].append((pi, p))
        s = span_of(p)
        checked += 1
        good = bool(s) and texts[d][s[0]:s[1]] == p.get("quote")
        quoted += good
        p["_doc"], p["_quote_ok"] = d, good

    res, detail = {}, {k: [] for k in ("misses", "false_positives", "duplicates", "trap_hits", "attribute_errors",
                                       "bad_quotes")}
    attr, items, traps_hit = defaultdict(lambda: [0, 0]), defaultdict(lambda: [0, 0, 0]), set()
    for kind in KINDS:
        n = Counter()
        for d in sorted(set(docs) | {x for x, _ in by}):
            gs, ps = golds.get((d, kind), []), by.get((d, kind), [])
            cand, gused, pused, fits = candidates(gs, ps), {}, {}, defaultdict(set)
            for *_, gi, pi in cand:
                fits[pi].add(gi)
                if gi not in gused and pi not in pused:
                    gused[gi], pused[pi] = pi, gi
            req = [g for _, g, _ in gs if not g.get("optional")]
            n["gold"] += len(req)
            n["optional"] += len(gs) - len(req)
            n["predicted"] += len(ps)
            for gi, g, spans in gs:
                if gi not in gused:
                    if not g.get("optional"):
                        detail["misses"].append((d, kind, g.get("name") or "", g["quotes"][0]))
                    continue
                if g.get("optional"):
                    n["optional_matched"] += 1
                    continue
                n["matched"] += 1
                p = preds[gused[gi]]
                for a in g:
                    if a in META:
                        continue
                    ok = attr_ok(a, g, p)
                    if ok is None:
                        continue
                    attr[kind, a][0] += ok
                    attr[kind, a][1] += 1
                    if not ok:
                        detail["attribute_errors"].append((d, kind, a, g[a], p.get(a), g.get("name") or g["quotes"][0]))
                    if a in SETS:
                        gv = [x for x in flat(g[a]) if x is not None]
                        pv = [x for x in flat(p.get(a)) if x is not None]
                        c = items[kind, a]
                        c[0] += sum(any(same(a, x, y) for x in gv) for y in pv)
                        c[1] += len(pv)
                        c[2] += len(gv)
            for pi, p in ps:
                if not p["_quote_ok"]:
                    detail["bad_quotes"].append((d, kind, p.get("name") or "", p.get("quote")))
                if pi in pused:
                    continue
                n["false_positive"] += 1
                row = (d, kind, p.get("name") or "", p.get("quote"))
                if fits[pi]:
                    n["duplicates"] += 1
                    detail["duplicates"].append(row)
                    continue
                hit = [gi for gi, _, spans in traps[d] if best(spans, span_of(p))[0] >= 0.5] if kind == "goal" else []
                if hit:
                    n["trap_hits"] += 1
                    traps_hit.update(hit)
                    detail["trap_hits"].append(row + (short(gold[hit[0]].get("note", ""), 30),))
                else:
                    detail["false_positives"].append(row)
        res[kind] = figures(n)
    tot = Counter()
    for kind in KINDS:
        for k in ("gold", "optional", "optional_matched", "predicted", "matched", "false_positive", "duplicates",
                  "trap_hits"):
            tot[k] += res[kind][k]
    res["overall"] = figures(tot)
    acc = {k: {a: {"right": c[0], "of": c[1], "accuracy": c[0] / c[1]} for (kk, a), c in sorted(attr.items())
               if kk == k} for k in KINDS}
    c = [sum(v[0] for (k, a), v in attr.items() if a == "status"), sum(v[1] for (k, a), v in attr.items() if a == "status")]
    aa = [sum(v[0] for v in attr.values()), sum(v[1] for v in attr.values())]
    out = {"kinds": {k: res[k] for k in KINDS}, "overall": res["overall"], "attributes": acc,
           "sets": {f"{k}.{a}": {"precision": v[0] / v[1] if v[1] else None, "predicted_items": v[1],
                                 "gold_items": v[2]} for (k, a), v in sorted(items.items())},
           "status_accuracy": {"right": c[0], "of": c[1], "accuracy": c[0] / c[1] if c[1] else None},
           "attribute_accuracy": {"right": aa[0], "of": aa[1], "accuracy": aa[0] / aa[1] if aa[1] else None},
           "traps": {"in_gold": sum(map(len, traps.values())), "hit": len(traps_hit),
                     "predictions": res["overall"]["trap_hits"]},
           "quote_exact": {"right": quoted, "of": checked, "share": quoted / checked if checked else None},
           "ignored_predictions": dict(ignored), "warnings": warn}
    return out, detail


def figures(n):
    r = {k: n[k] for k in ("gold", "optional", "optional_matched", "predicted", "matched", "false_positive",
                           "duplicates", "trap_hits")}
    counted = n["matched"] + n["false_positive"]
    p = n["matched"] / counted if counted else 0.0
    c = n["matched"] / n["gold"] if n["gold"] else 0.0
    r.update(precision=p, precision_95=wilson(n["matched"], counted), recall=c,
             recall_95=wilson(n["matched"], n["gold"]), f1=2 * p * c / (p + c) if p + c else 0.0)
    return r


def main():
    ap = argparse.ArgumentParser(description="Score predictions against a gold set.")
    ap.add_argument("gold")
    ap.add_argument("pred")
    src = ap.add_mutually_exclusive_group(required=True)
    src.add_argument("--raw", help="folder with <doc>.txt")
    src.add_argument("--seeds", help="seed file, one doc a line")
    ap.add_argument("--list", action="store_true")
    ap.add_argument("--json", action="store_true")
    args = ap.parse_args()
    with open(args.gold, encoding="utf-8") as f:
        gold = json.load(f)
    with open(args.pred, encoding="utf-8") as f:
        preds = json.load(f)
    if not isinstance(preds, list):
        sys.exit("PRED must be a JSON list")
    docs, texts = load_texts(gold, args)
    out, detail = score(gold, preds, docs, texts)
    if args.json:
        if args.list:
            out["detail"] = detail
        print(json.dumps(out, ensure_ascii=False, indent=1))
        return
    for w in out["warnings"]:
        print("WARNING", w)
    print(f"{'kind':<11}{'gold':>5}{'pred':>6}{'match':>6}{'opt':>5}{'FP':>5}{'dup':>5}{'trap':>5}"
          f"{'  precision (95%)':<23}{'  recall (95%)':<23}{'F1':>6}")
    for k in KINDS + ["overall"]:
        r = out["overall"] if k == "overall" else out["kinds"][k]
        iv = lambda x, i: f"  {x:.3f} ({i[0]:.3f}-{i[1]:.3f})"
        print(f"{k:<11}{r['gold']:>5}{r['predicted']:>6}{r['matched']:>6}{r['optional_matched']:>5}"
              f"{r['false_positive']:>5}{r['duplicates']:>5}{r['trap_hits']:>5}"
              f"{iv(r['precision'], r['precision_95']):<23}{iv(r['recall'], r['recall_95']):<23}{r['f1']:>6.3f}")
    print("(opt: matched optional gold records, in neither precision nor recall; dup and trap are part of FP)\n")
    print("attribute accuracy, over matched pairs where gold states it")
    for k in KINDS:
        for a, c in out["attributes"][k].items():
            print(f"  {k:<11}{a:<17}{c['right']:>4}/{c['of']:<4} {c['accuracy']:.3f}")
    pc = lambda c, key: "n/a" if c[key] is None else f"{c[key]:.3f}"
    for key, c in out["sets"].items():
        if c["precision"] is not None:
            print(f"  of the predicted items of {key}, in gold: {c['precision']:.3f} of {c['predicted_items']}")
    s, a, t, q = out["status_accuracy"], out["attribute_accuracy"], out["traps"], out["quote_exact"]
    print(f"all attributes    {a['right']}/{a['of']} {pc(a, 'accuracy')}")
    print(f"status accuracy   {s['right']}/{s['of']} {pc(s, 'accuracy')}")
    print(f"trap hits         {t['predictions']} predictions on {t['hit']} of {t['in_gold']} traps")
    print(f"exact quotes      {q['right']}/{q['of']} {pc(q, 'share')} (must be 1.000)")
    if out["ignored_predictions"]:
        print(f"ignored           {out['ignored_predictions']}")
    if args.list:
        for title in ("misses", "duplicates", "trap_hits", "false_positives", "bad_quotes"):
            print(f"\n{title} ({len(detail[title])})")
            for r in detail[title]:
                print("  " + " | ".join(short(x) for x in r if x not in ("", None)))
        print(f"\nattribute_errors ({len(detail['attribute_errors'])})")
        for d, k, a, g, p, q in detail["attribute_errors"]:
            print(f"  {d} | {k} | {a}: gold {json.dumps(g, ensure_ascii=False)} pred "
                  f"{json.dumps(p, ensure_ascii=False)} | {short(q, 70)}")


if __name__ == "__main__":
    main()

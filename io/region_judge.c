/*
 * region_judge.c - what only a region's whole table can tell: years that are missing, values that stand a power of ten beside their
 * neighbours, reuse without intake, one park under two names. Messages say what the cell would do to the region's rate or
 * volume, because that is what a reader can judge.
 */
#include "region_rows.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define TELL_CELL PARK_REGION_TELL_CELL

/* The region's plain sums in a year. */
static double plain_added(const park_region_book *book, size_t year)
{
    double sum = 0.0;
    for (size_t m = 0; m < book->members; m++) {
        double value = *park_region_place(book, (int32_t)m, year, PARK_REGION_FLOWS);
        sum += isnan(value) ? 0.0 : value;
    }
    return sum;
}

static void plain_sums(const park_region_book *book, size_t year, double *taken, double *reused)
{
    *taken = *reused = 0.0;
    for (size_t m = 0; m < book->members; m++) {
        const double *value = park_region_place(book, (int32_t)m, year, 0);
        *taken += park_region_intake_of(value);
        *reused += isnan(value[PARK_REGION_REUSED]) ? 0.0 : value[PARK_REGION_REUSED];
    }
}

/* Did the table, not the document itself, say anything of a member? */
static bool has_row(const park_region_book *book, size_t m)
{
    bool any = false;
    for (size_t y = 0; y < book->known; y++)
        any = any || book->cell[(m * book->known + y) * PARK_REGION_COLUMNS] != NULL;
    return any;
}

static void tell_missing_year(park_region_book *book, size_t m)
{
    if (!has_row(book, m))
        return; /* who reads it elsewhere tells its years */
    for (size_t y = 0; y < book->known; y++)
        if (book->cell[(m * book->known + y) * PARK_REGION_COLUMNS] == NULL) {
            const park_csv_cell *near_ = NULL;
            double               taken, reused, own = 0.0;
            for (size_t other = 0; other < book->known; other++) {
                near_ = near_ != NULL ? near_ : book->cell[(m * book->known + other) * PARK_REGION_COLUMNS];
                own   = fmax(own, park_region_intake_of(park_region_place(book, (int32_t)m, other, 0)));
            }
            plain_sums(book, y, &taken, &reused);
            TELL_CELL(
                book, near_, PARK_E0382, PARK_ERROR,
                "'%s' has no row for %d: without it the region's intake of %.2f 万m3 would lack up to %.2f",
                "“%s”缺少 %d 年的数据：区域当年取水量 %.2f 万m³ 将少计约 %.2f 万m³", book->member[m].id,
                (int)(book->region->base + (int32_t)y), taken / 1e4, own / 1e4);
        }
}

/* Middle of the other years' values of a column; NAN when there are none above 0. */
static double neighbours(const park_region_book *book, size_t m, size_t year, size_t column)
{
    double sum   = 0.0;
    int    count = 0;
    for (size_t y = 0; y < book->known; y++) {
        double value = *park_region_place(book, (int32_t)m, y, column);
        if (y != year && value > 0.0) {
            sum += log(value);
            count++;
        }
    }
    return count > 0 ? exp(sum / count) : NAN;
}

/* 10^k that a value is off its neighbours by, for k of 3 and more; 1 else. */
static double power_off(double value, double usual)
{
    double k = value > 0.0 && usual > 0.0 ? round(log10(value / usual)) : 0.0;
    return fabs(k) >= 3.0 ? pow(10.0, k) : 1.0;
}

/* The region as written, and with this one value put right: what a reader would see go wrong. */
typedef struct consequence {
    double taken[2], rate[2], per_added[2]; /* [m3/a], [-], [m3/CNY] */
} consequence;

static consequence consequence_of(const park_region_book *book, size_t m, size_t y, size_t column, double off)
{
    double     *value = park_region_place(book, (int32_t)m, y, 0), kept = value[column], reused;
    consequence c;
    for (int i = 0; i < 2; i++) {
        value[column] = i == 0 ? kept : kept / off;
        plain_sums(book, y, &c.taken[i], &reused);
        c.rate[i]      = reused / (c.taken[i] + reused);
        c.per_added[i] = c.taken[i] / plain_added(book, y);
    }
    value[column] = kept;
    return c;
}

/* One value is a power of ten off: beside the member's other years (an error), beside the other parks (a warning). */
static void tell_added_off(park_region_book *book, const park_csv_cell *cell, const char *id, int year,
                           int power, const consequence *c, bool beside_years)
{
    if (beside_years)
        TELL_CELL(book, cell, PARK_E0385, PARK_ERROR,
                  "value_added of '%s' in %d is about 10^%d times that of its other years; as written the "
                  "region takes "
                  "%.4g m3 per 10^4 CNY of value added, else %.4g",
                  "“%s”%d 年的增加值约为其他年份的 10^%d 倍；按此填报，区域万元增加值用水量为 %.4g "
                  "m³，更正后为 %.4g m³",
                  id, year, power, c->per_added[0] * 1e4, c->per_added[1] * 1e4);
    else
        TELL_CELL(book, cell, PARK_W0395, PARK_WARNING,
                  "value_added of '%s' in %d is about 10^%d times what its water gives at the other parks' "
                  "ratio: is the "
                  "unit right? As written the region takes %.4g m3 per 10^4 CNY of value added, else %.4g",
                  "“%s”%d 年的增加值约为按其水量和其他园区比例推得的 10^%d "
                  "倍：单位是否有误？按此填报，区域万元增加值用水量为 "
                  "%.4g m³，更正后为 %.4g m³",
                  id, year, power, c->per_added[0] * 1e4, c->per_added[1] * 1e4);
}

static void tell_off(park_region_book *book, size_t m, size_t y, size_t column, double off, bool beside_years)
{
    const park_csv_cell *cell = book->cell[(m * book->known + y) * PARK_REGION_COLUMNS + column];
    const consequence    c    = consequence_of(book, m, y, column, off);
    const char          *word = PARK_REGION_COLUMN_WORDS[column], *id = book->member[m].id;
    int                  year = (int)(book->region->base + (int32_t)y), power = (int)lround(log10(off));
    if (column == PARK_REGION_FLOWS)
        tell_added_off(book, cell, id, year, power, &c, beside_years);
    else if (beside_years)
        TELL_CELL(book, cell, PARK_E0385, PARK_ERROR,
                  "%s of '%s' in %d is about 10^%d times that of its other years; as written the region "
                  "takes %.2f 万m3 "
                  "and reuses %.2f %%, else %.2f 万m3 and %.2f %%",
                  "%s（“%s”，%d 年）约为其他年份的 10^%d 倍；按此填报，区域取水 %.2f 万m³、重复利用率 "
                  "%.2f%%，更正后为 "
                  "%.2f 万m³、%.2f%%",
                  word, id, year, power, c.taken[0] / 1e4, 100.0 * c.rate[0], c.taken[1] / 1e4,
                  100.0 * c.rate[1]);
    else
        TELL_CELL(
            book, cell, PARK_W0395, PARK_WARNING,
            "%s of '%s' in %d is about 10^%d times what its other figures give at the other parks' ratios: "
            "is the unit "
            "right? As written the region takes %.2f 万m3 and reuses %.2f %%, else %.2f 万m3 and %.2f %%",
            "%s（“%s”，%d 年）约为按其他数据和其他园区比例推得的 10^%d 倍：单位是否有误？按此填报，区域取水 "
            "%.2f "
            "万m³、重复利用率 %.2f%%，更正后为 %.2f 万m³、%.2f%%",
            word, id, year, power, c.taken[0] / 1e4, 100.0 * c.rate[0], c.taken[1] / 1e4, 100.0 * c.rate[1]);
}

static void judge_member(park_region_book *book, size_t m)
{
    for (size_t y = 0; y < book->known; y++) {
        const double         *value = park_region_place(book, (int32_t)m, y, 0);
        const park_csv_cell **cells = book->cell + (m * book->known + y) * PARK_REGION_COLUMNS;
        if (cells[0] == NULL)
            continue;
        for (size_t c = 0; c < PARK_REGION_COLUMNS; c++) {
            double off = power_off(value[c], neighbours(book, m, y, c));
            if (off != 1.0 && (off > 1.0 || book->known > 2)) /* of two years, the larger is told */
                tell_off(book, m, y, c, off, true);
        }
        if (value[PARK_REGION_REUSED] > 0.0 && !(park_region_intake_of(value) > 0.0)) {
            double taken, reused;
            plain_sums(book, y, &taken, &reused);
            double with = reused / (taken + reused), without = (reused - value[PARK_REGION_REUSED]) /
                                                               (taken + reused - value[PARK_REGION_REUSED]);
            TELL_CELL(book, cells[PARK_REGION_REUSED], PARK_E0384, PARK_ERROR,
                      "'%s' reuses water in %d but takes none: its rate would be 100 %% and the region's "
                      "%.2f %% instead of "
                      "%.2f %%",
                      "“%s”%d 年有重复利用量而无取水量：其重复利用率将为 100%%，区域将为 %.2f%% 而非 %.2f%%",
                      book->member[m].id, (int)(book->region->base + (int32_t)y), 100.0 * with,
                      100.0 * without);
        }
    }
}

/* --- beside the other parks: where all years of a member are off alike --- */

enum { PARKS_LEAST = 3 }; /* others that make a ratio usual */

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* log10 of intake per value added (0), of reuse per intake (1); NAN. */
static double ratio_of(const double *value, int which)
{
    double taken = park_region_intake_of(value);
    return log10(which == 0 ? taken / value[PARK_REGION_FLOWS] : value[PARK_REGION_REUSED] / taken);
}

/* How many powers of ten a member's ratio is away from the middle of the other parks'; 0 where too few have one. */
static int powers_away(const park_region_book *book, size_t m, size_t y, int which, double *room)
{
    size_t count = 0;
    double own   = ratio_of(park_region_place(book, (int32_t)m, y, 0), which);
    for (size_t k = 0; k < book->members; k++) {
        double ratio = ratio_of(park_region_place(book, (int32_t)k, y, 0), which);
        if (k != m && !book->member[k].remainder && isfinite(ratio))
            room[count++] = ratio;
    }
    if (count < PARKS_LEAST || !isfinite(own))
        return 0;
    qsort(room, count, sizeof *room, by_size);
    long away = lround(own - room[count / 2]);
    return labs(away) >= 3 ? (int)away : 0;
}

static size_t largest_source(const double *value)
{
    size_t at = 0;
    for (size_t f = 1; f < PARK_REGION_REUSED; f++)
        at = value[f] > value[at] ? f : at;
    return at;
}

/*
 * Intake that is off shows in both ratios, in opposite ways; reuse alone in the second, value added alone in the first. What
 * holds for a member in the last known year is told there.
 */
static void tell_far(park_region_book *book, size_t m, double *room)
{
    size_t y = book->known - 1;
    if (book->cell[(m * book->known + y) * PARK_REGION_COLUMNS] == NULL)
        return;
    int added = powers_away(book, m, y, 0, room), reused = powers_away(book, m, y, 1, room);
    if (added != 0 && reused == -added)
        tell_off(book, m, y, largest_source(park_region_place(book, (int32_t)m, y, 0)), pow(10.0, added),
                 false);
    else if (added != 0 && reused == 0)
        tell_off(book, m, y, PARK_REGION_FLOWS, pow(10.0, -added), false);
    else if (reused != 0)
        tell_off(book, m, y, PARK_REGION_REUSED, pow(10.0, reused), false);
}

/* --- one park under two names --- */

/* Where a member is written: its first cell, else its entry under `parks`. */
static void tell_member(park_region_book *book, size_t m, park_finding *finding)
{
    park_loader         *loader = book->loader;
    const park_csv_cell *cell   = book->cell[m * book->known * PARK_REGION_COLUMNS];
    park_tree_node      *parks = park_tree_get(loader->root, "parks"), *node = NULL;
    if (book->table != NULL && cell != NULL) {
        park_csv_place(book->table, cell, loader->reader.findings, finding);
        return;
    }
    node = parks != NULL ? park_tree_get(parks, book->member[m].id) : NULL;
    park_tree_place(loader->reader.tree, node != NULL ? node : loader->root, PARK_AT_KEY,
                    loader->reader.findings, finding);
}

/* Two members with the same water in every year are one park under two names. */
static void tell_twins(park_region_book *book, size_t m)
{
    size_t width = book->known * PARK_REGION_COLUMNS;
    for (size_t other = 0; other < m; other++) {
        const double *a = park_region_place(book, (int32_t)other, 0, 0),
                     *b = park_region_place(book, (int32_t)m, 0, 0);
        if (memcmp(a, b, width * sizeof *a) != 0 || !(park_region_intake_of(a) > 0.0))
            continue;
        double taken, reused;
        plain_sums(book, 0, &taken, &reused);
        tell_member(book, m,
                    park_finding_add(
                        book->loader->reader.findings, PARK_W0388, PARK_WARNING, NULL,
                        "'%s' has the same numbers as '%s' in every year: is one park there twice? Of the "
                        "region's %.2f 万m3 in %d, %.2f would be counted twice",
                        "“%s”各年数据与“%s”完全相同：是否同一园区重复？区域 %.2f 万m³（%d 年）中有 %.2f 万m³ "
                        "会重复计算",
                        book->member[m].id, book->member[other].id, taken / 1e4, (int)book->region->base,
                        park_region_intake_of(b) / 1e4));
        return;
    }
}

static const char *name_of(const park_region_member *member)
{
    return member->label.zh != NULL ? member->label.zh : member->id;
}

/* Two members of one name: most often a row, and a run of the same park that should stand in its place. */
static void tell_namesakes(park_region_book *book, size_t m)
{
    for (size_t other = 0; other < m; other++)
        if (strcmp(name_of(&book->member[other]), name_of(&book->member[m])) == 0) {
            tell_member(
                book, m,
                park_finding_add(
                    book->loader->reader.findings, PARK_E0383, PARK_ERROR, NULL,
                    "'%s' and '%s' are both called %s: its water would be counted twice, %.2f 万m3 of "
                    "intake too much in %d; `replaces: ROW` puts one in the place of the other",
                    "“%s”与“%s”同名（%s）：水量会重复计算，取水量多计 %.2f 万m³（%d "
                    "年）；用 replaces 指明以哪个代替哪一行",
                    book->member[m].id, book->member[other].id, name_of(&book->member[m]),
                    park_region_intake_of(park_region_place(book, (int32_t)m, 0, 0)) / 1e4,
                    (int)book->region->base));
            return;
        }
}

void park_region_rows_judge(park_region_book *book)
{
    double *room = PARK_ARRAY(book->loader->reader.arena, book->members + 1, double);
    if (room == NULL || book->loader->reader.findings->errors > 0)
        return;
    for (size_t m = 0; m < book->members; m++) {
        if (book->member[m].remainder)
            continue;
        tell_missing_year(book, m);
        judge_member(book, m);
        tell_twins(book, m);
        tell_namesakes(book, m);
    }
    for (size_t m = 0; m < book->members && book->loader->reader.findings->errors == 0; m++)
        if (!book->member[m].remainder)
            tell_far(book, m, room);
}

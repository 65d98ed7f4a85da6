#include "check.h"
#include "small_run.h"

#include "report/sheet.h"
#include "report/tables.h"

#include <dirent.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "/tmp/park_tables_XXXXXX";

enum { ROWS = 400, COLUMNS = 40, BYTES = 1 << 18 };

/* A table read back by a reader of its own: RFC 4180. */
typedef struct table {
    char  bytes[BYTES];
    char *cell[ROWS][COLUMNS];
    int   rows, columns;
    bool  mark, even; /* begins with the byte order mark; every row as wide as the header */
} table;

static void cut(table *t, char *at)
{
    char *out     = at;
    bool  quoted  = false;
    int   column  = 0;
    t->cell[0][0] = out;
    for (; *at != '\0' && t->rows < ROWS - 1; at++) {
        if (*at == '"' && quoted && at[1] == '"')
            *out++ = *at++;
        else if (*at == '"')
            quoted = !quoted;
        else if (!quoted && (*at == ',' || *at == '\n')) {
            bool end = *at == '\n';
            *out++   = '\0';
            column++;
            if (end) {
                if (t->rows == 0)
                    t->columns = column;
                t->even = t->even && column == t->columns;
                t->rows++;
                column = 0;
            }
            t->cell[t->rows][column < COLUMNS ? column : COLUMNS - 1] = out;
        } else if (*at != '\r' || quoted)
            *out++ = *at;
    }
}

static const table *read_table(const char *dir, const char *name)
{
    static table t;
    char         path[512];
    snprintf(path, sizeof path, "%s/%s", dir, name);
    memset(&t, 0, sizeof t);
    FILE *file = fopen(path, "rb");
    CHECK(file != NULL);
    if (file == NULL)
        return &t;
    size_t n   = fread(t.bytes, 1, BYTES - 1, file);
    t.bytes[n] = '\0';
    fclose(file);
    t.mark = strncmp(t.bytes, "\xEF\xBB\xBF", 3) == 0;
    t.even = true;
    cut(&t, t.bytes + (t.mark ? 3 : 0));
    return &t;
}

/* The cell of the first row that holds `key` in its column `by`, under a heading. */
static const char *look(const table *t, const char *by, const char *key, const char *heading)
{
    int from = -1, at = -1;
    for (int c = 0; c < t->columns; c++) {
        from = strcmp(t->cell[0][c], by) == 0 ? c : from;
        at   = strcmp(t->cell[0][c], heading) == 0 ? c : at;
    }
    for (int r = 1; r < t->rows && from >= 0 && at >= 0; r++)
        if (strcmp(t->cell[r][from], key) == 0)
            return t->cell[r][at];
    return NULL;
}

static park_status write_tables(const char *dir, bool zh, park_error *err)
{
    small_run run;
    small_run_begin(&run);
    run.p.m.economics.price_year = 2025;
    run.p.m.economics.discount   = 0.06;
    run.p.m.economics.life       = 15.0 * 31536000.0;
    park_arena *arena            = park_arena_new();
    park_status status           = park_tables_write(&run.record, dir, zh, arena, err);
    park_arena_free(arena);
    park_arena_free(run.p.arena);
    return status;
}

static const char *in_folder(const char *name)
{
    static char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

/* Every file of the folder is a table: byte order mark, even rows, a header whose cells differ. */
static void every_table_is_whole(void)
{
    park_error err = {0};
    for (int zh = 0; zh < 2; zh++) {
        char dir[256];
        snprintf(dir, sizeof dir, "%s/%s", folder, zh ? "zh/tables" : "en/tables");
        CHECK(write_tables(dir, zh, &err) == PARK_OK);
        DIR *open  = opendir(dir);
        int  count = 0;
        for (struct dirent *entry; open != NULL && (entry = readdir(open)) != NULL;) {
            if (entry->d_name[0] == '.')
                continue;
            const table *t = read_table(dir, entry->d_name);
            CHECK(t->mark && t->even && t->columns > 2 && t->rows >= 1);
            if (!t->even)
                fprintf(stderr, "%s has uneven rows\n", entry->d_name);
            for (int a = 0; a < t->columns; a++)
                for (int b = 0; b < a; b++)
                    CHECK(strcmp(t->cell[0][a], t->cell[0][b]) != 0);
            bool chinese = false;
            for (int c = 0; c < t->columns; c++)
                for (const char *at = t->cell[0][c]; *at != '\0'; at++)
                    chinese = chinese || (unsigned char)*at >= 0xE4;
            CHECK(chinese == (zh == 1) ||
                  strcmp(entry->d_name, "consolidation.csv") == 0); /* names of enterprises */
            count++;
        }
        closedir(open);
        CHECK(count == 30);
    }
}

/* The works take 450 from the river and 90 that the park's plant gives back: 540 together, of which 90 are eliminated. */
static void forms_come_out_by_hand(void)
{
    char at[256];
    snprintf(at, sizeof at, "%s", in_folder("en/tables"));
    const table *t = read_table(at, "consolidation.csv");
    CHECK_TEXT(look(t, "item", "fresh water Vf", "sum"), "540.00");
    CHECK_TEXT(look(t, "item", "fresh water Vf", "elimination"), "-90.00");
    CHECK_TEXT(look(t, "item", "fresh water Vf", "park, consolidated"), "450.00");
    CHECK_TEXT(look(t, "item", "reuse rate, basis A", "park, consolidated"), "96.41");
    CHECK_TEXT(look(t, "item", "reuse rate, basis A", "sum"), ""); /* rates are not summed */
    t = read_table(at, "water_use.csv");
    CHECK_TEXT(look(t, "enterprise", "印染厂", "conventional intake (10^4 m3)"), "16.4250");
    t = read_table(at, "closure.csv");
    CHECK_TEXT(look(t, "boundary", "park", "sum of inputs, circulation apart (m3/d)"), "450.00");
    CHECK_TEXT(look(t, "boundary", "park", "imbalance (m3/d)"), "0.00");
    t = read_table(at, "self_assessment.csv");
    CHECK_TEXT(look(t, "criterion", "reuse rate of the park", "verdict"), "met"); /* 96.41 of 94 */
    CHECK_TEXT(look(t, "source", "HJ 274-2015", "verdict"), "待核");
}

/* River: 150 m3/d in the first season and 300 in the second, each half a year counted as 365 days: 450 m3/d. */
static void volumes_come_out_by_hand(void)
{
    const char *dir = in_folder("en/tables");
    char        at[256];
    snprintf(at, sizeof at, "%s", dir);
    const table *t = read_table(at, "sources.csv");
    CHECK_TEXT(look(t, "source", "river", "taken (m3/d)"), "450.00");
    CHECK_TEXT(look(t, "source", "river", "taken (10^4 m3/a)"), "16.4250");
    CHECK_TEXT(look(t, "source", "river", "kind of water"), "surface");
    t = read_table(at, "unit_balance.csv");
    CHECK_TEXT(look(t, "unit", "plant", "name"), "Dyeing \"one\"");
    CHECK_TEXT(look(t, "unit", "plant", "reused after treatment Vre (m3/d)"), "90.00");
    CHECK_TEXT(look(t, "unit", "plant", "discharge Vd (m3/d)"), "330.00");
    CHECK_TEXT(look(t, "unit", "plant", "imbalance (m3/d)"), "0.00");
    CHECK_TEXT(look(t, "unit", "tower", "circulating Vcy (m3/d)"), "12000.00");
    t = read_table(at, "enterprise_balance.csv");
    CHECK_TEXT(look(t, "boundary", "印染厂", "given to others (m3/d)"), "0.00");
    CHECK_TEXT(look(t, "boundary", "印染厂", "non-conventional intake (m3/d)"),
               "90.00"); /* the park's reclaimed water */
    CHECK_TEXT(look(t, "boundary", "park, consolidated", "non-conventional intake (m3/d)"), "0.00");
    CHECK_TEXT(look(t, "boundary", "park, consolidated", "fresh water Vf (m3/d)"), "450.00");
    /* (12000 + 90) / (12000 + 90 + 450) = 0.96411; without towers 90 / 540 */
    CHECK_TEXT(look(t, "boundary", "park, consolidated", "reuse rate, basis A (%)"), "96.41");
    CHECK_TEXT(look(t, "boundary", "park, consolidated", "reuse rate A without towers (%)"), "16.67");
    /* by the part of production: the plant's 300 + 90, the tower's 150 + 12000 */
    t = read_table(at, "levels.csv");
    CHECK_TEXT(look(t, "part", "main", "water use Vt (m3/d)"), "390.00");
    CHECK_TEXT(look(t, "part", "main", "repeated of use (%)"), "23.08");
    CHECK_TEXT(look(t, "part", "auxiliary", "water use Vt (m3/d)"), "12150.00");
    CHECK_TEXT(look(t, "part", "all", "water use Vt (m3/d)"), "12540.00");
    CHECK_TEXT(look(t, "part", "all", "repeated of use (%)"), "96.41");
    CHECK_TEXT(look(t, "part", "all", "units"), "2");
    t = read_table(at, "eliminations.csv");
    CHECK_TEXT(look(t, "term", "fresh water of the members, summed", "volume (m3/d)"), "540.00");
    CHECK_TEXT(look(t, "term", "less reclaimed water of the park", "volume (m3/d)"), "-90.00");
    CHECK_TEXT(look(t, "term", "fresh water of the park", "volume (m3/d)"), "450.00");
    CHECK_TEXT(look(t, "term", "residual of the elimination", "volume (m3/d)"), "0.00");
}

static void a_front_stands_with_its_proof(void)
{
    char at[256];
    snprintf(at, sizeof at, "%s", in_folder("en/tables"));
    const table *t = read_table(at, "pareto.csv");
    CHECK(t->rows == 4);
    CHECK_TEXT(look(t, "point", "2", "mark"), "knee");
    CHECK_TEXT(look(t, "point", "2", "fresh water (10^4 m3/a)"), "20.0000");
    CHECK_TEXT(look(t, "point", "2", "yearly cost (10^4 CNY/a)"), "150.0000");
    CHECK_TEXT(look(t, "point", "2", "bound of yearly cost (10^4 CNY/a)"), "148.5000");
    CHECK_TEXT(look(t, "point", "2", "gap of yearly cost (%)"), "1.0000");
    CHECK_TEXT(look(t, "point", "3", "bound of fresh water (10^4 m3/a)"), "");
    CHECK_TEXT(look(t, "point", "3", "status"), "stopped at a limit, feasible");
}

static void futures_stand_with_what_they_cost(void)
{
    char at[256];
    snprintf(at, sizeof at, "%s", in_folder("en/tables"));
    const table *t = read_table(at, "futures.csv");
    CHECK(t->rows == 4 && t->even);
    CHECK_TEXT(look(t, "future", "as written", "users.plant.demand"), "100 m3/d");
    CHECK_TEXT(look(t, "future", "as written", "regret, at most (10^4 CNY/a)"), "");
    CHECK_TEXT(look(t, "future", "1", "probability"), "0.3333");
    CHECK_TEXT(look(t, "future", "1", "users.plant.demand"), "120 m3/d");
    CHECK_TEXT(look(t, "future", "1", "this design (10^4 CNY/a)"), "110.0000");
    CHECK_TEXT(look(t, "future", "1", "best for this future alone (10^4 CNY/a)"), "100.0000");
    CHECK_TEXT(look(t, "future", "1", "regret, at most (10^4 CNY/a)"), "11.0000");
    CHECK_TEXT(look(t, "future", "1", "design that is best as written (10^4 CNY/a)"), "125.0000");
    CHECK_TEXT(look(t, "future", "2", "design that is best as written (10^4 CNY/a)"), "fails");
    CHECK_TEXT(look(t, "future", "2", "fresh water (10^4 m3/a)"), "20.0000");
}

static void quality_stands_against_its_limit(void)
{
    char at[256];
    snprintf(at, sizeof at, "%s", in_folder("en/tables"));
    const table *t = read_table(at, "allocation.csv");
    CHECK_TEXT(look(t, "connection", "l4", "donor"), "wwtp");
    CHECK_TEXT(look(t, "connection", "l4", "receiver"), "bank");
    CHECK_TEXT(look(t, "connection", "l4", "flow (m3/d)"), "160.00"); /* 80 x 365 m3 within half a year */
    /* COD: 41 k (1 + 3/110 ...) of the drain by hand: drained 41/(1 - 0.3/11) = 42.1495 per 110, a tenth passes */
    CHECK_TEXT(look(t, "connection", "l4", "donor's water (mg/L)"), "38.318");
    CHECK_TEXT(look(t, "connection", "l4", "receiver's limit (mg/L)"), "50.000");
    /* with 9 of blowdown at 0.45 per 9 m3: (80 x 38.318 + 450) / 89 = 39.499; margin 1 - 39.499/50 */
    CHECK_TEXT(look(t, "connection", "l4", "receiver's mixture (mg/L)"), "39.499");
    CHECK_TEXT(look(t, "connection", "l4", "margin (%)"), "21.00");
    t = read_table(at, "constituents.csv");
    CHECK_TEXT(look(t, "way", "added in use", "mass (kg/d)"), "120.000");
    CHECK_TEXT(look(t, "way", "with the source", "mass (kg/d)"), "4.500");
    t = read_table(at, "season_balance.csv");
    CHECK_TEXT(look(t, "direction", "residual", "mean of the season (m3/d)"), "0.000000");
    CHECK_TEXT(look(t, "what", "discharge", "mean of the season (m3/d)"), "178.00");
    t = read_table(at, "cooling.csv");
    CHECK_TEXT(look(t, "unit", "tower", "cycles of concentration"),
               "5.00"); /* 50 of make-up, 10 leave with salt */
    CHECK_TEXT(look(t, "unit", "tower", "circulation (m3/h)"), "333.3"); /* 4000 x 365 / 4380 h */
}

static void judgement_and_money_come_out(void)
{
    char at[256];
    snprintf(at, sizeof at, "%s", in_folder("zh/tables"));
    const table *t = read_table(at, "targets.csv");
    CHECK_TEXT(look(t, "目标", "重复利用率", "单位"), "%");
    CHECK_TEXT(look(t, "目标", "重复利用率", "下限"), "94.0000");
    CHECK_TEXT(look(t, "目标", "重复利用率", "上限"), "");
    CHECK_TEXT(look(t, "目标", "重复利用率", "方案判定"), "达到");
    t = read_table(at, "indicators.csv");
    CHECK_TEXT(look(t, "编号", "reuse_rate", "优化方案"), "96.41");
    CHECK_TEXT(look(t, "编号", "unit_intake", "单位"), "m³/百米");
    /* 164250 m3 for 31536000 m: 0.52083 m3 per 100 m */
    CHECK_TEXT(look(t, "编号", "unit_intake", "动态模拟"), "0.5208");
    /* 164250 m3 for 10 CNY/s x 31536000 s = 31536 万元: 5.2083 */
    CHECK_TEXT(look(t, "编号", "intake_per_value_added", "优化方案"), "5.2083");
    CHECK_TEXT(look(t, "编号", "intake_per_value_added", "单位"), "m³/万元");
    t = read_table(at, "costs.csv");
    CHECK_TEXT(look(t, "费用类别", "合计", "年费用 (万元/a)"), "0.1000");
    CHECK_TEXT(look(t, "费用类别", "合计", "投资 (万元)"), "0.5000");
    CHECK_TEXT(look(t, "费用类别", "合计", "价格年"), "2025");
    CHECK_TEXT(look(t, "费用类别", "合计", "折现率 (%)"), "6.00");
    CHECK_TEXT(look(t, "费用类别", "合计", "折算年限 (a)"), "15.0");
    t = read_table(at, "rounds.csv");
    CHECK_TEXT(look(t, "轮次", "2", "最优性间隙 (%)"), "0.70");
    t = read_table(at, "violations.csv");
    CHECK_TEXT(look(t, "位置", "plant", "模拟最差 (mg/L)"), "52.000");
    CHECK_TEXT(look(t, "位置", "plant", "模拟 (m³/a)"), "");
    t = read_table(at, "assumptions.csv");
    CHECK_TEXT(look(t, "参数", "treatments.wwtp.opex", "依据类别"), "待核");
    CHECK_TEXT(look(t, "参数", "treatments.wwtp.opex", "依据"), "design manual, \"2019\"");
    t = read_table(at, "design_units.csv");
    CHECK_TEXT(look(t, "单元编号", "wwtp", "投资 (万元)"), "0.5000");
}

/* Nothing but the park: headers alone. */
static void an_empty_run_gives_headers(void)
{
    small_run run;
    small_run_begin(&run);
    park_run_record bare = {.job = "simulate", .base = &run.p.m};
    char            at[256];
    snprintf(at, sizeof at, "%s", in_folder("bare"));
    CHECK(park_tables_write(&bare, at, true, run.p.arena, NULL) == PARK_OK);
    CHECK(read_table(at, "indicators.csv")->rows == 1);
    CHECK(read_table(at, "costs.csv")->rows == 1);
    CHECK(read_table(at, "targets.csv")->rows == 2); /* asked for, not judged */
    park_arena_free(run.p.arena);
}

static void a_full_disk_leaves_the_old_tables(void)
{
    park_error    err = {0};
    struct rlimit before, tight;
    struct stat   was, is;
    char          dir[256], file[300];
    snprintf(dir, sizeof dir, "%s", in_folder("full"));
    snprintf(file, sizeof file, "%s/sources.csv", dir);
    CHECK(write_tables(dir, true, NULL) == PARK_OK);
    CHECK(stat(file, &was) == 0);
    signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &before);
    tight          = before;
    tight.rlim_cur = 2000; /* enough for sources.csv, not for the indicators */
    setrlimit(RLIMIT_FSIZE, &tight);
    park_status status = write_tables(dir, false, &err);
    setrlimit(RLIMIT_FSIZE, &before);
    CHECK(status == PARK_E_FILE);
    CHECK(stat(file, &is) == 0 && is.st_ino == was.st_ino && is.st_size == was.st_size);
    DIR *open = opendir(dir);
    for (struct dirent *entry; open != NULL && (entry = readdir(open)) != NULL;)
        CHECK(strstr(entry->d_name, ".tmp") == NULL);
    closedir(open);
    CHECK(write_tables("/proc/no/tables", false, &err) == PARK_E_FILE);
}

static void cells_are_quoted_where_they_must_be(void)
{
    park_arena *arena = park_arena_new();
    park_sheet  sheet;
    park_sheet_begin(&sheet, arena, "x.csv", true);
    park_sheet_text(&sheet, "a,b");
    park_sheet_text(&sheet, "say \"x\"\nthen");
    park_sheet_number(&sheet, 2.345, 2); /* half to even */
    park_sheet_number(&sheet, NAN, 2);
    park_sheet_percent(&sheet, 0.94125);
    park_sheet_wan(&sheet, 1.2e7);
    park_sheet_whole(&sheet, -3);
    park_sheet_text(&sheet, NULL);
    park_sheet_end_row(&sheet);
    CHECK_TEXT(park_text_done(&sheet.text),
               "\xEF\xBB\xBF\"a,b\",\"say \"\"x\"\"\nthen\",2.34,,94.12,1200.0000,-3,\r\n");
    park_arena_free(arena);
    arena = park_arena_new();
    small_run run;
    small_run_begin(&run);
    for (size_t n = 1; n < 40; n++) {
        park_arena_fail_after(arena, n);
        park_status status = park_tables_write(&run.record, in_folder("memory"), true, arena, NULL);
        CHECK(status == PARK_E_MEMORY || status == PARK_OK);
    }
    park_arena_free(run.p.arena);
    park_arena_free(arena);
}

int main(void)
{
    if (mkdtemp(folder) == NULL)
        SKIP("no temporary folder");
    RUN(every_table_is_whole);
    RUN(volumes_come_out_by_hand);
    RUN(forms_come_out_by_hand);
    RUN(a_front_stands_with_its_proof);
    RUN(futures_stand_with_what_they_cost);
    RUN(quality_stands_against_its_limit);
    RUN(judgement_and_money_come_out);
    RUN(an_empty_run_gives_headers);
    RUN(a_full_disk_leaves_the_old_tables);
    RUN(cells_are_quoted_where_they_must_be);
    char command[300];
    snprintf(command, sizeof command, "rm -r %s", folder);
    CHECK(system(command) == 0);
    return park_test_done();
}

/* Tables of a network's run: read back by a reader of their own; all of them or none. */
#include "report/period_tables.h"
#include "base/text.h"
#include "run_fixture.h"

#include <dirent.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "/tmp/park_period_XXXXXX";

static const char *const NETWORK =
    "[JUNCTIONS]\nJ,1 5 10\nK\"2 0 -2\n[RESERVOIRS]\nR 50\n[TANKS]\nT 30 3 1 5 11.28379167 0\n"
    "[PIPES]\nP R J,1 100 200 100 0 Open\nQ T J,1 100 200 100 0 Open\nS J,1 K\"2 50 200 100 0 Open\n"
    "[PUMPS]\nU R K\"2 HEAD C\n[CURVES]\nC 20 5\n[EMITTERS]\nJ,1 0.2\n"
    "[CONTROLS]\nLINK U CLOSED AT TIME 1\nLINK U 0.9 AT TIME 2\n"
    "[RULES]\nRULE R,7\nIF SYSTEM TIME = 3:00\nTHEN PIPE S STATUS IS CLOSED\n"
    "[OPTIONS]\nUNITS LPS\nQUALITY AGE\n[TIMES]\nDURATION 4\n[END]\n";

/* The run of the network, its rows into tables. */
typedef struct bench {
    park_arena         *arena;
    park_network       *net;
    park_period_tables *tables;
    park_period_result *result;
    park_findings       findings;
    park_status         status;
    park_error          error;
} bench;

static bench run_text(const char *where, const char *text)
{
    bench b = {.arena = park_arena_new()};
    b.net   = network_of(b.arena, text);
    park_findings_init(&b.findings, b.arena);
    b.status = park_period_tables_open(b.arena, b.net, where, &b.tables, &b.error);
    if (b.status != PARK_OK)
        return b;
    park_period_sink sink = {
        .user = b.tables, .row = park_period_tables_row, .event = park_period_tables_event};
    park_period_settings settings = park_period_settings_default();
    b.status = park_period_run(b.net, &settings, &sink, &b.findings, b.arena, &b.result, &b.error);
    return b;
}

static bench run_into(const char *where)
{
    return run_text(where, NETWORK);
}

static const char *path_of(const char *name)
{
    static char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

/* Line `n` (0: the heading) of a table; "" when there is none. */
static const char *line_of(const char *name, int n)
{
    static char line[1024];
    FILE       *file = fopen(path_of(name), "r");
    line[0]          = '\0';
    for (int i = 0; file != NULL && i <= n; i++)
        if (fgets(line, sizeof line, file) == NULL)
            line[0] = '\0';
    if (file != NULL)
        fclose(file);
    line[strcspn(line, "\n")] = '\0';
    return line;
}

static int lines_in(const char *name)
{
    int   count = 0, c;
    FILE *file  = fopen(path_of(name), "r");
    while (file != NULL && (c = fgetc(file)) != EOF)
        count += c == '\n';
    if (file != NULL)
        fclose(file);
    return count;
}

/* The n-th cell of an unquoted line. */
static double cell(const char *line, int n)
{
    for (; n > 0 && line != NULL; n--)
        line = strchr(line, ',') == NULL ? NULL : strchr(line, ',') + 1;
    return line == NULL ? NAN : strtod(line, NULL);
}

static void rows_and_columns_are_as_promised(void)
{
    bench b = run_into(folder);
    CHECK(b.status == PARK_OK && access(path_of("nodes.csv"), F_OK) != 0);
    CHECK(park_period_tables_keep(b.tables, b.result, NULL) == PARK_OK);
    CHECK_TEXT(line_of("nodes.csv", 0),
               "time_s,node,head_m,pressure_m,demand_m3_per_s,delivered_m3_per_s,age_s,emitter_m3_per_s");
    CHECK_TEXT(line_of("links.csv", 0),
               "time_s,link,flow_m3_per_s,velocity_m_per_s,headloss_m,status,setting");
    CHECK(lines_in("nodes.csv") == 1 + 5 * 4 && lines_in("links.csv") == 1 + 5 * 4);
    CHECK(lines_in("tanks.csv") == 1 + 5 && lines_in("pumps.csv") == 1 + 5 && lines_in("energy.csv") == 2);
    CHECK(strncmp(line_of("nodes.csv", 1), "0,\"J,1\",", 8) == 0); /* RFC 4180 */
    CHECK(strncmp(line_of("nodes.csv", 2), "0,\"K\"\"2\",", 9) == 0);
    CHECK(strncmp(line_of("nodes.csv", 3), "0,R,50,0,", 9) == 0);
    CHECK(strncmp(line_of("tanks.csv", 1), "0,T,3,", 6) == 0);
    /* velocity is flow over pi d2 / 4 */
    const char *pipe = line_of("links.csv", 1);
    CHECK_CLOSE(cell(pipe, 3), fabs(cell(pipe, 2)) / (3.14159265358979 * 0.01), 1e-8);
    park_arena_free(b.arena);
}

static void events_name_who_commanded(void)
{
    bool control = false, speed = false, rule = false;
    for (int i = 1; i < lines_in("events.csv"); i++) {
        const char *line = line_of("events.csv", i);
        control          = control || strcmp(line, "3600,closed,link,U,control 1,") == 0;
        speed            = speed || strcmp(line, "7200,set,link,U,control 2,0.9") == 0;
        rule             = rule || strcmp(line, "10800,closed,link,S,\"rule R,7\",") == 0;
    }
    CHECK(control && speed && rule);
}

/* An id of 3 MiB is longer than any buffer; it stands in every row of its node and link. */
static void ids_may_be_of_any_length(void)
{
    enum { LONG = 3 << 20 };
    park_arena *arena = park_arena_new();
    park_text   text;
    char       *id = PARK_ARRAY(arena, LONG + 1, char);
    memset(id, 'i', LONG);
    park_text_init(&text, arena);
    park_text_printf(&text, "[JUNCTIONS]\nJ 5 10\n[RESERVOIRS]\n");
    park_text_add(&text, id);
    park_text_add(&text, " 50\n[PUMPS]\n");
    park_text_add(&text, id);
    park_text_add(&text, " ");
    park_text_add(&text, id);
    park_text_add(&text, " J POWER 5\n[OPTIONS]\nUNITS LPS\n[TIMES]\nDURATION 1\n[END]\n");
    bench b = run_text(folder, park_text_done(&text));
    CHECK(b.status == PARK_OK && park_period_tables_keep(b.tables, b.result, NULL) == PARK_OK);
    CHECK(lines_in("nodes.csv") == 1 + 2 * 2 && lines_in("links.csv") == 1 + 2 &&
          lines_in("energy.csv") == 2);
    struct stat about;
    CHECK(stat(path_of("pumps.csv"), &about) == 0 && about.st_size > 2 * (off_t)LONG &&
          about.st_size < 2 * (off_t)LONG + 1000);
    park_arena_free(b.arena);
    park_arena_free(arena);
}

/* Rows of balance.csv by themselves: in = out + stored + rounded + residual. */
static void the_balance_adds_up(void)
{
    static const struct {
        const char *item;
        double      sign;
    } ITEMS[]  = {{"from_reservoirs", 1}, {"inflow_at_nodes", 1}, {"to_reservoirs", -1}, {"delivered", -1},
                  {"emitters", -1},       {"leaks", -1},          {"overflow", -1},      {"stored", -1},
                  {"rounded", -1},        {"residual", -1}};
    double sum = 0.0, most = 0.0;
    for (int i = 0; i < 10; i++) {
        const char *line = line_of("balance.csv", i + 1);
        CHECK(strncmp(line, ITEMS[i].item, strlen(ITEMS[i].item)) == 0);
        sum += ITEMS[i].sign * cell(line, 1);
        most = fmax(most, fabs(cell(line, 1)));
    }
    CHECK(most > 100.0 && fabs(sum) < 1e-7 * most); /* nine digits are printed */
}

/* A size limit stands for a full disk: no table gets its name. */
static void a_full_disk_keeps_none(void)
{
    struct rlimit before, tight;
    char          where[128];
    snprintf(where, sizeof where, "%s/full", folder);
    signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &before);
    tight = (struct rlimit){.rlim_cur = 300, .rlim_max = before.rlim_max};
    setrlimit(RLIMIT_FSIZE, &tight);
    bench       b      = run_into(where);
    park_error  err    = {0};
    park_status status = b.status == PARK_OK ? park_period_tables_keep(b.tables, b.result, &err) : b.status;
    setrlimit(RLIMIT_FSIZE, &before);
    CHECK(status == PARK_E_FILE && strstr(err.message, "nodes.csv") != NULL);
    park_arena_free(b.arena);
    DIR *dir = opendir(where);
    for (struct dirent *entry; dir != NULL && (entry = readdir(dir)) != NULL;)
        CHECK(entry->d_name[0] == '.');
    if (dir != NULL)
        closedir(dir);
}

static void a_folder_that_cannot_be_and_a_poor_arena(void)
{
    bench b = run_into("/dev/null/tables");
    CHECK(b.status == PARK_E_FILE);
    for (size_t n = 1; n < 100; n++) {
        park_arena         *poor = park_arena_new();
        park_period_tables *tables;
        park_arena_fail_after(poor, n);
        park_status status = park_period_tables_open(poor, b.net, folder, &tables, NULL);
        CHECK(status == PARK_E_MEMORY || status == PARK_OK);
        park_arena_free(poor);
        if (status == PARK_OK)
            break;
    }
    CHECK(access(path_of("nodes.csv.tmp"), F_OK) != 0);
    park_arena_free(b.arena);
}

int main(void)
{
    if (mkdtemp(folder) == NULL)
        SKIP("no folder can be made in /tmp");
    RUN(rows_and_columns_are_as_promised);
    RUN(events_name_who_commanded);
    RUN(the_balance_adds_up);
    RUN(a_full_disk_keeps_none);
    RUN(a_folder_that_cannot_be_and_a_poor_arena);
    RUN(ids_may_be_of_any_length);
    char command[64];
    snprintf(command, sizeof command, "rm -rf %s", folder);
    return system(command) == 0 ? park_test_done() : 1;
}

#include "cli/options.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef enum shape { FLAG, NUMBER, WHOLE, TEXT, TEXTS } shape;

/* One row an option: `common` ones go with every job, the others where the job's list names them. */
static const struct row {
    const char *word, *letter, *value;
    shape       shape;
    size_t      offset, count_offset;
    double      fallback, lo, hi;
    bool        common;
    const char *en, *zh;
} ROWS[] = {
#define AT(member) offsetof(park_options, member)
    {"output", "o", "PATH", TEXT, AT(output), 0, 0, 0, 0, true, "where the result goes", "结果写到哪里"},
    {"tables", NULL, "DIR", TEXT, AT(tables), 0, 0, 0, 0, false, "also write CSV tables there",
     "另将 CSV 表写入该目录"},
    {"gap", NULL, "G", NUMBER, AT(gap), 0, 1e-2, 0, 1, false, "stop when the proven gap is at most G",
     "最优性间隙达到 G 即停止"},
    {"time-limit", NULL, "S", NUMBER, AT(time_limit), 0, INFINITY, 0, INFINITY, false,
     "stop after S seconds (the result then depends on the machine)", "S 秒后停止（结果将与机器有关）"},
    {"work-limit", NULL, "N", WHOLE, AT(work_limit), 0, 0, 0, 9e15, false,
     "stop after N LP iterations (reproducible)", "N 次单纯形迭代后停止（可重现）"},
    {"rtol", NULL, "R", NUMBER, AT(rtol), 0, 1e-6, 1e-12, 1e-2, false, "relative tolerance of the simulation",
     "模拟的相对容差"},
    {"stepping", NULL, "HOW", TEXT, AT(stepping), 0, 0, 0, 0, false,
     "epanet (networks, the default there) or adaptive", "epanet（管网默认）或 adaptive（自适应）"},
    {"checkpoint", NULL, "FILE", TEXT, AT(checkpoint), 0, 0, 0, 0, false,
     "keep the state of the simulation there; the same command goes on from it",
     "模拟状态存于该文件；再次执行同一命令即从中继续"},
    {"rounds", NULL, "N", WHOLE, AT(rounds), 0, 10, 1, 10, false, "at most N rounds of repair",
     "最多 N 轮修正"},
    {"fail-on-target", NULL, NULL, FLAG, AT(fail_on_target), 0, 0, 0, 0, false,
     "exit 10 when a target is missed", "有目标未达到时以 10 退出"},
    {"no-worth", NULL, NULL, FLAG, AT(no_worth), 0, 0, 0, 0, false,
     "do not work out what statements and retrofits are worth", "不计算条款价值与改造排序"},
    {"expand", NULL, NULL, FLAG, AT(expand), 0, 0, 0, 0, false,
     "print the scenario with every default and its origin", "输出补全默认值及其来源的情景"},
    {"allow-path", NULL, "DIR", TEXTS, AT(allow_path), AT(allow_paths), 0, 0, 0, false,
     "files named by the scenario may lie there", "允许情景引用该目录下的文件"},
    {"present", NULL, "NAME", TEXT, AT(present), 0, 0, 0, 0, false,
     "the run that all are held against; the first unless said", "作为现状的结果；不写则取第一个"},
    {"plan", NULL, "NAME", TEXT, AT(plan), 0, 0, 0, 0, false, "the run of the planning year",
     "作为规划水平年的结果"},
    {"quotas", NULL, "FILE", TEXT, AT(quotas), 0, 0, 0, 0, false,
     "table of quotas per product (CSV); the shipped one unless said",
     "产品取水定额表（CSV）；不写则用随附模板"},
    {"mapping", NULL, "FILE", TEXT, AT(mapping), 0, 0, 0, 0, false,
     "what the columns of the table mean (YAML, parkwater_mapping)",
     "说明表格各列含义的映射文件（YAML，parkwater_mapping）"},
    {"from", NULL, "BOOK.xlsx", TEXT, AT(from), 0, 0, 0, 0, false, "draft the park from a filled template",
     "由填好的数据表生成园区初稿"},
    {"template", NULL, "BOOK.xlsx", TEXT, AT(template_book), 0, 0, 0, 0, false,
     "write the template to fill in, with an example", "写出待填写的数据表模板（含示例）"},
    {"network", NULL, "ID", TEXT, AT(network), 0, 0, 0, 0, false, "which network of the park",
     "园区的哪一个管网"},
    {"flow-unit", NULL, "UNIT", TEXT, AT(flow_unit), 0, 0, 0, 0, false,
     "write flows in CFS GPM MGD IMGD AFD LPS LPM MLD CMH CMD or CMS",
     "流量单位：CFS GPM MGD IMGD AFD LPS LPM MLD CMH CMD CMS"},
    {"zones", NULL, "N", WHOLE, AT(zones), 0, 4, 1, 1000, false, "how many zones", "分区数"},
    {"feeds", NULL, "N", WHOLE, AT(feeds), 0, 1, 1, 20, false,
     "metered pipes that a zone keeps where it has them; a reservoir in it counts as one",
     "每个分区至少保留的计量进水管数（区内水库算一个）"},
    {"min-pressure", NULL, "M", NUMBER, AT(min_pressure), 0, 14, 0, 200, false,
     "service pressure in metres that closing valves must not take away", "关阀后须保持的服务水头（米）"},
    {"fire", NULL, "Q", NUMBER, AT(fire), 0, 15, 0, 500, false,
     "fire flow in L/s that closing valves must not take away", "关阀后须保持的消防流量（L/s）"},
    {"age", NULL, "H", NUMBER, AT(age), 0, 0, 0, 8784, false,
     "also water age, by marching the network for H hours before and after", "并计算水龄：前后各模拟 H 小时"},
    {"dry-run", NULL, NULL, FLAG, AT(dry_run), 0, 0, 0, 0, false,
     "say what would be computed, how long it may take and how much memory, and compute nothing more than "
     "the base",
     "仅说明将计算什么、预计时间与内存（只试算基准方案）"},
    {"force", NULL, NULL, FLAG, AT(force), 0, 0, 0, 0, false, "compute all anew, also what is whole",
     "全部重新计算，包括已完成的方案"},
    {"emit", NULL, "slurm", TEXT, AT(emit), 0, 0, 0, 0, false,
     "print a script for sbatch instead of computing", "输出 sbatch 脚本而不计算"},
    {"ranks", NULL, "N", WHOLE, AT(ranks), 0, 0, 0, 1e6, false,
     "ranks of the script, or of the time told by --dry-run", "脚本或 --dry-run 估时所用的进程数"},
    {"threads", NULL, "N", WHOLE, AT(threads), 0, 1, 1, 1024, true,
     "threads (the answer does not depend on them)", "线程数（结果与线程数无关）"},
    {"seed", NULL, "N", WHOLE, AT(seed), 0, 1, 0, 9e15, true, "seed of random numbers", "随机数种子"},
    {"lang", NULL, "zh|en", TEXT, AT(language), 0, 0, 0, 0, true, "language of messages and reports",
     "消息与报告的语言"},
    {"json", NULL, NULL, FLAG, AT(json), 0, 0, 0, 0, true, "one JSON object on standard output",
     "在标准输出给出一个 JSON 对象"},
    {"quiet", "q", NULL, FLAG, AT(quiet), 0, 0, 0, 0, true, "no progress", "不显示进度"},
    {"verbose", "v", NULL, FLAG, AT(verbose), 0, 0, 0, 0, true, "more detail on standard error",
     "在标准错误给出更多细节"},
    {"help", "h", NULL, FLAG, AT(help), 0, 0, 0, 0, true, "this text", "显示本说明"},
#undef AT
};
enum { ROWS_COUNT = sizeof ROWS / sizeof ROWS[0] };

/* Does the blank-separated list hold the word? */
static bool listed(const char *list, const char *word)
{
    size_t length = strlen(word);
    for (const char *at = list; (at = strstr(at, word)) != NULL; at += length)
        if ((at == list || at[-1] == ' ') && (at[length] == '\0' || at[length] == ' '))
            return true;
    return false;
}

static bool applies(const struct row *row, const park_job *job)
{
    return row->common || (job->options != NULL && listed(job->options, row->word));
}

static const struct row *row_of(const char *name, size_t length, bool is_letter)
{
    for (size_t i = 0; i < ROWS_COUNT; i++) {
        const char *word = is_letter ? ROWS[i].letter : ROWS[i].word;
        if (word != NULL && strlen(word) == length && strncmp(word, name, length) == 0)
            return &ROWS[i];
    }
    return NULL;
}

static void *member(park_options *options, size_t offset)
{
    return (char *)options + offset;
}

void park_options_default(park_options *options)
{
    memset(options, 0, sizeof *options);
    for (size_t i = 0; i < ROWS_COUNT; i++) {
        if (ROWS[i].shape == NUMBER)
            *(double *)member(options, ROWS[i].offset) = ROWS[i].fallback;
        if (ROWS[i].shape == WHOLE)
            *(int64_t *)member(options, ROWS[i].offset) = (int64_t)ROWS[i].fallback;
    }
}

static bool store(const struct row *row, const char *value, park_options *options)
{
    switch (row->shape) {
    case FLAG:
        *(bool *)member(options, row->offset) = true;
        return true;
    case TEXT:
        *(const char **)member(options, row->offset) = value;
        return value[0] != '\0';
    case TEXTS: {
        size_t *count = member(options, row->count_offset);
        if (*count >= sizeof options->allow_path / sizeof options->allow_path[0])
            return false;
        ((const char **)member(options, row->offset))[(*count)++] = value;
        return value[0] != '\0';
    }
    case NUMBER:
    case WHOLE: {
        char  *end;
        double number = strtod(value, &end);
        if (end == value || *end != '\0' || !(number >= row->lo && number <= row->hi))
            return false;
        if (row->shape == NUMBER)
            *(double *)member(options, row->offset) = number;
        else if (number == floor(number))
            *(int64_t *)member(options, row->offset) = (int64_t)number;
        else
            return false;
        return true;
    }
    }
    return false;
}

/* One word that begins with a dash; *i moves on when the value stands in the next word. */
static park_status take(const park_job *job, int argc, char **argv, int *i, bool zh, park_options *options,
                        park_text *complaint)
{
    const char       *word      = argv[*i];
    bool              is_letter = word[1] != '-';
    const char       *name      = word + (is_letter ? 1 : 2);
    const char       *equals    = is_letter ? NULL : strchr(name, '=');
    size_t            length    = is_letter ? 1 : equals != NULL ? (size_t)(equals - name) : strlen(name);
    const struct row *row       = row_of(name, length, is_letter);
    if (row == NULL || !applies(row, job) ||
        (is_letter && name[0] != '\0' && name[1] != '\0' && row->shape == FLAG)) {
        park_text_printf(complaint,
                         zh ? "任务 %s 没有选项 %s；见 parkwater %s --help"
                            : "%s takes no option %s; see parkwater %s --help",
                         job->word, word, job->word);
        return PARK_E_INPUT;
    }
    const char *value = equals != NULL ? equals + 1 : is_letter && name[1] != '\0' ? name + 1 : NULL;
    if (row->shape != FLAG && value == NULL && *i + 1 < argc)
        value = argv[++*i];
    if ((row->shape == FLAG) != (value == NULL) || !store(row, value, options)) {
        if (row->shape == NUMBER || row->shape == WHOLE)
            park_text_printf(complaint,
                             zh ? "选项 --%s 的值 '%s' 不可用；应为 %g 到 %g 之间的%s"
                                : "--%s cannot be '%s'; it must lie from %g to %g and be a %s",
                             row->word, value == NULL ? "" : value, row->lo, row->hi,
                             row->shape == WHOLE ? (zh ? "整数" : "whole number") : (zh ? "数" : "number"));
        else
            park_text_printf(complaint,
                             zh ? "选项 --%s 的写法不对；应为 --%s %s"
                                : "--%s is not written like that; it is --%s %s",
                             row->word, row->word, row->value == NULL ? "" : row->value);
        return PARK_E_INPUT;
    }
    return PARK_OK;
}

park_status park_options_parse(const park_job *job, int argc, char **argv, bool zh, park_options *options,
                               park_text *complaint)
{
    park_options_default(options);
    bool words_only = false;
    for (int i = 2; i < argc; i++) {
        if (!words_only && strcmp(argv[i], "--") == 0) {
            words_only = true;
        } else if (!words_only && argv[i][0] == '-' && argv[i][1] != '\0') {
            PARK_TRY(take(job, argc, argv, &i, zh, options, complaint));
        } else if (options->arguments < PARK_ARGUMENTS_MOST) {
            options->argument[options->arguments++] = argv[i];
        }
    }
    if (options->help)
        return PARK_OK;
    if (options->language != NULL && strcmp(options->language, "zh") != 0 &&
        strcmp(options->language, "en") != 0) {
        park_text_printf(complaint,
                         zh ? "语言 '%s' 不可用；可用 zh 或 en"
                            : "language '%s' is unknown; zh and en are spoken",
                         options->language);
        return PARK_E_INPUT;
    }
    if (options->arguments >= job->least && options->arguments <= job->most && job->output_needed &&
        options->output == NULL) {
        park_text_printf(complaint,
                         zh ? "%s 须用 -o 指明结果位置（例：%s）"
                            : "%s needs -o, where the result goes   (for example: %s)",
                         job->word, job->example);
        return PARK_E_INPUT;
    }
    if (options->arguments < job->least || options->arguments > job->most) {
        park_text_printf(complaint,
                         zh ? "用法：parkwater %s（例：%s）" : "usage: parkwater %s   (for example: %s)",
                         job->usage, job->example);
        return PARK_E_INPUT;
    }
    return PARK_OK;
}

bool park_language_is_zh(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--lang") == 0 && i + 1 < argc)
            return strncmp(argv[i + 1], "zh", 2) == 0;
        if (strncmp(argv[i], "--lang=", 7) == 0)
            return strncmp(argv[i] + 7, "zh", 2) == 0;
    }
    static const char *const NAMES[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < 3; i++) {
        const char *value = getenv(NAMES[i]);
        if (value != NULL && value[0] != '\0')
            return strncmp(value, "zh", 2) == 0;
    }
    return false;
}

void park_help_job(const park_job *job, bool zh, park_text *out)
{
    park_text_printf(out,
                     zh ? "用法：parkwater %s\n%s%s\n\n选项：\n" : "usage: parkwater %s\n%s%s\n\noptions:\n",
                     job->usage, zh ? job->zh : job->en,
                     job->run != NULL ? ""
                     : zh             ? "（本版本尚不支持）"
                                      : " (not yet in this version)");
    for (size_t i = 0; i < ROWS_COUNT; i++) {
        const struct row *row = &ROWS[i];
        if (!applies(row, job))
            continue;
        int width = 0;
        if (row->letter != NULL)
            width += (int)strlen(row->letter) + 3;
        park_text_printf(out, "  %s%s%s--%s %s%*s %s", row->letter != NULL ? "-" : "",
                         row->letter != NULL ? row->letter : "", row->letter != NULL ? ", " : "", row->word,
                         row->value != NULL ? row->value : "",
                         24 - width - (int)strlen(row->word) -
                             (row->value != NULL ? (int)strlen(row->value) : 0),
                         "", zh ? row->zh : row->en);
        if ((row->shape == NUMBER || row->shape == WHOLE) && isfinite(row->fallback) && row->fallback != 0.0)
            park_text_printf(out, zh ? "（默认 %g）" : " (default %g)", row->fallback);
        park_text_char(out, '\n');
    }
    park_text_printf(out, zh ? "\n例：%s\n" : "\nexample: %s\n", job->example);
}

void park_help_overview(bool zh, park_text *out)
{
    park_text_add(out, zh ? "parkwater：工业园区供水、回用与处理网络的优化、模拟与评价\n"
                            "用法：parkwater <任务> [文件] [选项]；parkwater <任务> --help 查看说明\n\n"
                          : "parkwater: design, simulate and judge an industrial park's water network\n"
                            "usage: parkwater <job> [file] [options]; parkwater <job> --help tells more\n\n");
    for (const park_job *job = PARK_JOBS; job->word != NULL; job++)
        park_text_printf(out, "  %-10s %s%s\n", job->word, zh ? job->zh : job->en,
                         job->run != NULL ? ""
                         : zh             ? "（尚未提供）"
                                          : " (not yet)");
    park_text_add(out, zh ? "\n例：\n  parkwater new > park.yaml\n  parkwater run park.yaml -o out\n"
                          : "\nexamples:\n  parkwater new > park.yaml\n  parkwater run park.yaml -o out\n");
}

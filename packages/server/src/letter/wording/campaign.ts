import { type Block, BLANK_DATE, closing, dateText, gap, signing, text, title } from '../../paper/paper.js'
import type { Subject, Wording } from './subject.js'

const NORM = '《企业安全生产标准化基本规范》（GB/T 33000-2016）'
/** The commitment's year is printed, its day is not (annex 2). */
const MONTH_BLANK = '年　　月　　日'
const STANDARD_BLANK = '《　　　　　　　　　　》'

export const head = (name: string, { number }: Subject): Block[] => [title(name), text(number, { align: 'centre' }), gap(0.5)]
const fourCopies = (what: string): Block =>
  text(`备注：本${what}一式四份，一份留存企业备查，一份在企业公示栏公示，一份报送属地行业主管站所备案，一份报送属地镇安办备案。`, { size: 12 })
const standardOf = ({ standard }: Subject) => (standard ? `《${standard.replace(/^《|》$/g, '')}》` : STANDARD_BLANK)

/** 告知书 (annex 1): signed by the principal; sealed by the township, whoever hands it over. */
export function notice(subject: Subject): Wording {
  const name = '关于自主加强安全生产标准化建设告知书'
  return {
    title: name,
    blocks: [
      ...head(name, subject),
      text(`${subject.enterprise}：`, { indent: false }),
      text(
        '2021年9月1日起施行的新修改的《中华人民共和国安全生产法》第二十一条，把“建立健全并落实本单位全员安全生产责任制，加强安全生产标准化建设”列为生产经营单位主要负责人的第一项安全生产工作职责。' +
          `根据《泉州市安全生产委员会关于印发泉州市安全生产标准化提升专项行动方案的通知》（泉安委〔2021〕18号）精神，请你单位按照${NORM}和本单位创建安全生产标准化选定的评定标准${standardOf(subject)}，于${dateText(subject.dueOn)}前完成一次安全生产标准化提升年度自评工作，及时整改不符合项，切实巩固提高本单位安全生产标准化运行质量，提升本质安全水平。`,
      ),
      text('特此告知。'),
      gap(),
      closing(`${subject.issuerName}（盖章）`, dateText(subject.issuedOn)),
      signing({ label: '接收单位（盖章）：' }, { label: '主要负责人（签字）：' }, { label: '签收日期：', value: BLANK_DATE }),
      fourCopies('告知书'),
    ],
  }
}

/** 承诺书 (annex 2): eight aspects; signed by the legal representative. The annex's own foot calls it 告知书, a slip not copied here. */
export function commitment(subject: Subject): Wording {
  const name = '关于自主加强安全生产标准化建设承诺书'
  return {
    title: name,
    blocks: [
      ...head(name, subject),
      text(
        `本单位及本人郑重承诺：按照${NORM}和有关行业（专业）标准化评定标准${standardOf(subject)}的要求自主创建、自主运行，从目标职责、制度化管理、教育培训、现场管理、安全风险管控及隐患排查治理、应急管理、事故管理和持续改进八个方面，建立与企业日常安全管理相适应、以安全生产标准化为重点的企业自主安全生产管理体系，实现安全生产现场管理、操作行为、设备设施和作业环境规范化；于${dateText(subject.dueOn)}前完成一次安全生产标准化年度自评工作，及时整改不符合项，切实巩固提高本单位安全生产标准化运行质量，提升本质安全水平。`,
      ),
      text('如未正确履行安全生产主体责任、加强安全生产标准化建设，愿意承担一切行政的、民事的和刑事的责任。'),
      text('欢迎社会公众对我单位安全生产标准化建设及其运行状况进行监督，如发现隐患可向政府及有关部门举报。'),
      gap(),
      signing(
        { label: '承诺单位（盖章）：', value: subject.enterprise },
        { label: subject.branch ? '负责人（签名）：' : '法定代表人（签名）：' },
        { label: '日期：', value: `${subject.year}${MONTH_BLANK}` },
      ),
      fourCopies('承诺书'),
    ],
  }
}

import { Attachment } from './attachment/attachment.entity.js'
import { BoardLink } from './board/boardLink.entity.js'
import { Division, Station } from './division/division.entity.js'
import { Enterprise } from './enterprise/enterprise.entity.js'
import { Post, Workshop } from './enterprise/workshop.entity.js'
import { Extension } from './hazard/extension.entity.js'
import { Hazard } from './hazard/hazard.entity.js'
import { Reminder } from './hazard/reminder.entity.js'
import { Letter } from './letter/letter.entity.js'
import { LetterBatch } from './letter/letterBatch.entity.js'
import { LetterCopy } from './letter/letterCopy.entity.js'
import { Phase } from './campaign/phase.entity.js'
import { Person } from './person/person.entity.js'
import { Session } from './person/session.entity.js'
import { Throttle } from './person/throttle.entity.js'
import { ApiToken } from './question/apiToken.entity.js'
import { Question } from './question/question.entity.js'
import { QuestionPart, QuestionResult } from './question/questionResult.entity.js'
import { ChainHead, Change } from './shared/change.entity.js'
import { Counter } from './shared/counter.entity.js'
import { Secret } from './shared/secret.entity.js'
import { Criterion } from './standard/criterion.entity.js'
import { Setting } from './standard/setting.entity.js'

/** Every table of the store; one place to look, one list to test. */
export const ENTITIES = [
  Division,
  Station,
  Person,
  Session,
  Throttle,
  Enterprise,
  Workshop,
  Post,
  Criterion,
  Setting,
  Phase,
  Hazard,
  Extension,
  Reminder,
  Letter,
  LetterCopy,
  LetterBatch,
  Attachment,
  BoardLink,
  Question,
  QuestionResult,
  QuestionPart,
  ApiToken,
  Counter,
  Secret,
  Change,
  ChainHead,
] as const

-- MySQL dump 10.13
/*!40101 SET NAMES utf8mb4 */;
CREATE TABLE `ea_roles` (
  `id` int(11) NOT NULL,
  `name` varchar(256) DEFAULT NULL,
  KEY `n` (`name`(10))
) ENGINE=InnoDB;
INSERT INTO `ea_roles` VALUES (1,'It''s \'so\'\n'),(2,NULL),(3,_binary 'x'),(4,0x4142);
